"""Forms of the light tier: the self-check, clubs and their modules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from namsai_centre.engagements.forms import PersonField
from namsai_centre.engagements.models import Club
from namsai_centre.engagements.queries_light import can_come, can_join, can_lead
from namsai_centre.engagements.selfcheck import Question, areas, questions
from namsai_centre.ui.forms import NameField, PageForm
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import later
from namsai_centre.who import Who


class SelfCheckForm(PageForm):
    """All questions on one page; each must be answered."""

    room = "engagements"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for q in questions():
            self.fields[q.id] = forms.ChoiceField(
                label=later(f"engagements.ask_{q.id}"),
                choices=[(a, later(f"engagements.answer_{a}")) for a in q.answers],
                widget=forms.RadioSelect,
                error_messages={"required": later("engagements.answer_this")},
            )

    def grouped(self) -> Iterator[tuple[str, list[tuple[Question, Any]]]]:
        """Yield the areas with their questions and fields."""
        for area, asked in areas():
            yield area, [(q, self[q.id]) for q in asked]

    def first_open(self) -> str:
        """Return the id of the first question without an answer (where the page leads to)."""
        return next((self[q.id].auto_id for q in questions() if q.id in self.errors), "")

    def answers(self) -> dict[str, str]:
        """Return the answers by question."""
        return {q.id: self.cleaned_data[q.id] for q in questions()}


class Firms(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Engagements chosen by the name of their firm."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Return the firm's name, with the title where there is one."""
        return named(obj.enterprise)


class ClubForm(PageForm):
    """Name, begin, leader and member firms."""

    room = "engagements"
    name_lo = NameField(max_length=120, label=later("engagements.club_name_lo"))
    name_en = NameField(max_length=120, required=False, label=later("engagements.club_name_en"))
    starts = forms.DateField(required=False, label=later("engagements.club_starts"))
    leader = PersonField(queryset=None, required=False, empty_label="–")
    members = Firms(queryset=None, required=False)
    field_order = ("name_lo", "name_en", "starts", "plan", "leader", "members")
    plan = forms.BooleanField(required=False, label=later("engagements.club_plan"))

    def __init__(self, who: Who, club: Club | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = can_lead(who.day)  # type: ignore[attr-defined]
        self.fields["members"].queryset = can_join(who, club)  # type: ignore[attr-defined]
        if club is not None:
            del self.fields["plan"]


class ModuleForm(PageForm):
    """The day of a module and who came."""

    room = "engagements"
    on = forms.DateField(required=False, label=later("engagements.module_on"))
    present = Firms(queryset=None, required=False)

    def __init__(self, club: Club, number: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = can_come(club, number)  # type: ignore[attr-defined]
