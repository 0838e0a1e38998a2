"""What all tests share: the same examples on every machine (no random failures), no time limits.

HYPOTHESIS_PROFILE=search tries other examples in each run instead, and 1000 of them where a test names no number.
"""

import os

from hypothesis import settings

settings.register_profile("namsai", derandomize=True, deadline=None, database=None)
settings.register_profile("search", derandomize=False, deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "namsai"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes by its argument: a zip holds the second it was made, and workers must collect the same."""
    return argname if isinstance(val, bytes) else None
