"""Labour productivity."""

from namsai.work.labour import efficiency, labour, line_result
from namsai.work.model import LineResult, Work

__all__ = ["LineResult", "Work", "efficiency", "labour", "line_result"]
