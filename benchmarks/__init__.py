"""`python -m benchmarks`: medians of the figures named in the issues, with the machine and a peer where there is one."""
