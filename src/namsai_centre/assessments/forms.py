"""Forms of assessments."""

from __future__ import annotations

from typing import Any, get_args

from django import forms
from django.core.exceptions import ValidationError

from namsai.plant.case import Sector
from namsai.workbook.guards import MOST_BYTES
from namsai_centre.assessments import queries
from namsai_centre.ui.forms import NameField, PageForm
from namsai_centre.ui.words import later, say
from namsai_centre.who import Who

SECTORS = get_args(Sector)


class NewForm(PageForm):
    """A new assessment: where, what it is called, and what it begins with."""

    room = "assessments"
    engagement: Any = forms.ModelChoiceField(queryset=None, empty_label="–")
    title = NameField(max_length=200)
    sector = forms.ChoiceField()
    earlier: Any = forms.ModelChoiceField(queryset=None, required=False, empty_label="–")
    file = forms.FileField(required=False, allow_empty_file=True)

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["engagement"].queryset = queries.workable(who)  # type: ignore[attr-defined]
        self.fields["engagement"].label_from_instance = _engagement  # type: ignore[attr-defined]
        self.fields["earlier"].queryset = queries.earlier(who)  # type: ignore[attr-defined]
        self.fields["earlier"].label_from_instance = _assessment  # type: ignore[attr-defined]
        self.fields["sector"].choices = [("", "–"), *((s, later(f"terms.sector-{s}")) for s in SECTORS)]  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.json"

    def clean_file(self) -> Any:
        """Refuse a file larger than a form can be."""
        return small_enough(self.cleaned_data.get("file"))

    def clean(self) -> dict[str, Any]:
        """Refuse two beginnings at once."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("earlier") and data.get("file"):
            self.add_error("earlier", say("assessments.one_beginning"))
        return data


class UploadForm(PageForm):
    """A filled form brought back."""

    room = "assessments"
    file = forms.FileField(allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.json"

    def clean_file(self) -> Any:
        """Refuse a file larger than a form can be."""
        return small_enough(self.cleaned_data.get("file"))


class ReviewForm(PageForm):
    """The second person's word: accepted, or returned with a reason."""

    room = "assessments"
    decision = forms.ChoiceField(widget=forms.RadioSelect)
    review_note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [("accept", later("assessments.accept")), ("return", later("assessments.send_back"))]
        self.fields["decision"].choices = words  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A return needs a reason."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "return" and not data.get("review_note"):
            self.add_error("review_note", say("assessments.why_returned"))
        return data


class ReopenForm(PageForm):
    """Why a released or submitted assessment goes back to work."""

    room = "assessments"
    reopen_reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


def small_enough(file: Any) -> Any:
    """Return an uploaded file, or refuse it for its size before it is read."""
    if file is not None and file.size > MOST_BYTES:
        raise ValidationError(say("assessments.too_large", most=MOST_BYTES // 1_000_000))
    return file


def _engagement(record: Any) -> str:
    from namsai_centre.ui.templatetags.words import named

    own = named(record) if record.title_lo or record.title_en else ""
    firm = named(record.enterprise)
    return f"{firm}: {own}" if own and own != firm else firm


def _assessment(record: Any) -> str:
    from namsai_centre.ui.templatetags.words import named

    return f"{named(record.engagement.enterprise)}: {record.title}"
