"""Files people bring: kept once by their hash, and pictures told by their bytes."""
