"""Fill an empty centre with the demo."""

from __future__ import annotations

import importlib
import importlib.util
from types import SimpleNamespace

from django.db import transaction

from namsai_centre.demo import enterprises, people

# In this order; each has `fill(stage)` where stage.people and stage.firms stand, and may add to the stage.
FURTHER = ("registry", "engagements", "assessments", "savings", "accounts", "knowhow", "fieldwork", "joining")


@transaction.atomic
def fill_demo() -> SimpleNamespace:
    """Make people, firms and what the apps show; all or nothing."""
    stage = SimpleNamespace(people=people.fill())
    stage.firms = enterprises.fill(stage.people)
    for name in FURTHER:
        if importlib.util.find_spec(f"namsai_centre.demo.{name}"):
            importlib.import_module(f"namsai_centre.demo.{name}").fill(stage)
    return stage
