"""What all tests share: the same examples on every machine (no random failures), no time limits."""

from hypothesis import settings

settings.register_profile("namsai", derandomize=True, deadline=None, database=None)
settings.load_profile("namsai")
