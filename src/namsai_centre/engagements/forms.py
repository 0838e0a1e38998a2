"""Forms about engagements, their stages, people and tasks."""

from __future__ import annotations

from typing import Any

from django import forms

from namsai_centre import clock
from namsai_centre.engagements.models import TIERS, Engagement
from namsai_centre.engagements.queries import can_be_given, can_do_tasks
from namsai_centre.engagements.stages import next_stage, step_to, steps_from
from namsai_centre.ui.forms import NameField, PageForm, choices
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import later, say
from namsai_centre.who import Who


class EngagementForm(PageForm):
    """Tier, titles, project and days."""

    room = "engagements"
    tier = forms.ChoiceField(choices=choices("engagements", "tier", TIERS, empty=False))
    title_lo = NameField(max_length=200, required=False)
    title_en = NameField(max_length=200, required=False)
    project = NameField(max_length=120, required=False)
    starts = forms.DateField(required=False)
    ends = forms.DateField(required=False)


class NewForm(EngagementForm):
    """The same, with the day of the first contact."""

    on = forms.DateField(label=later("engagements.first_contact"))
    field_order = ("tier", "on", "title_lo", "title_en", "project", "starts", "ends")


class StepForm(PageForm):
    """To which stage, on which day, why."""

    room = "engagements"
    stage = forms.ChoiceField(label=later("engagements.to_stage"))
    on = forms.DateField(label=later("engagements.step_on"))
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000, label=later("engagements.step_note")
    )

    def __init__(self, engagement: Engagement, who: Who, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.engagement = engagement
        allowed = steps_from(engagement.stage, engagement.tier, engagement.dropped_from)
        self.initial.setdefault("stage", "")
        self.initial["stage"] = self.initial["stage"] or next_stage(engagement, who)
        names = [(s.to, later(f"engagements.step_{s.kind}", stage=say(f"engagements.stage_{s.to}")))
                 for s in allowed if who.staff or not s.staff_only]  # fmt: skip
        self.fields["stage"].choices = [("", "–"), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason together with all other errors."""
        data: dict[str, Any] = super().clean() or {}
        e = self.engagement
        step = step_to(e.stage, e.tier, data.get("stage", ""), e.dropped_from)
        if step is not None and step.reason and not data.get("note", "").strip():
            self.add_error("note", say("engagements.step_needs_reason"))
        return data


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person chosen by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name in the reader's language."""
        return named(obj)


class AssignForm(PageForm):
    """Expert or verifier, who, from when until when, paid or not."""

    room = "engagements"
    role = forms.ChoiceField(choices=choices("engagements", "role", ("expert", "verifier"), empty=False))
    person = PersonField(queryset=None, empty_label="–")
    starts = forms.DateField(label=later("engagements.first_day"))
    ends = forms.DateField(required=False, label=later("engagements.last_day"))
    paid = forms.BooleanField(required=False)
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, who: Who, role: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if role:  # the page was opened for one role: only people who have it are offered
            people = can_be_given(role, who.day)
            self.fields["role"].widget = forms.HiddenInput()
        else:
            people = (can_be_given("expert", who.day) | can_be_given("verifier", who.day)).distinct()
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class EndForm(PageForm):
    """The last day of an assignment, and why."""

    room = "engagements"
    ends = forms.DateField(label=later("engagements.last_day"))
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000, label=later("ui.reason")
    )


class TaskForm(PageForm):
    """What, until when, by whom."""

    room = "engagements"
    title = NameField(max_length=200, label=later("engagements.task_title"))
    due = forms.DateField(required=False)
    person = PersonField(queryset=None, required=False, empty_label="–", label=later("engagements.task_person"))

    def __init__(self, engagement: Engagement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = can_do_tasks(engagement, clock.today())  # type: ignore[attr-defined]
