"""Portfolio: the best set of options under a budget, with the proof of how good it is; the one door to the solver."""
