"""`python -m benchmarks`: medians of the named figures, with the machine, and a peer where there is one."""
