"""Forms of bringing a list in: the file, and which column is which field."""

from __future__ import annotations

from typing import Any

from django import forms

from namsai_centre.enterprises.importing.fields import FIELDS
from namsai_centre.ui.forms import PageForm
from namsai_centre.ui.words import later, say


class UploadForm(PageForm):
    """The file."""

    room = "joining"
    file = forms.FileField(widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}), allow_empty_file=True)


class ColumnsForm(PageForm):
    """Which column of the file is which field; how figures are written, if it must be asked."""

    room = "joining"
    numbers = forms.ChoiceField(required=False, widget=forms.RadioSelect, label=later("joining.numbers_label"))

    def __init__(self, *args: Any, run: Any, asked: list[tuple[str, float, float]], **kwargs: Any) -> None:
        mapping = run.mapping
        kwargs.setdefault("initial", {"version": run.version, "numbers": mapping.get("numbers", "")})
        super().__init__(*args, **kwargs)
        self.headers: list[str] = run.table["headers"]
        fields = [("", later("joining.leave_out")), *((f.name, later(f.label)) for f in FIELDS)]
        for at, head in enumerate(self.headers):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                choices=fields, required=False, label=head, initial=mapping["columns"].get(str(at), "")
            )
        example = asked[0] if asked else None
        if example is None:
            del self.fields["numbers"]
        else:
            typed, lao, english = example
            self.fields["numbers"].choices = [  # type: ignore[attr-defined]
                ("lo", say("joining.numbers_lo", text=typed, value=lao)),
                ("en", say("joining.numbers_en", text=typed, value=english)),
            ]

    def rows(self, table: dict[str, Any]) -> list[tuple[str, list[str], Any]]:
        """Return for each column its heading, first values, and the field of the form."""
        below = table["rows"][table["head"] + 1 :]
        found = []
        for at, head in enumerate(self.headers):
            values = (row[at] for row in below[:200] if at < len(row) and row[at] not in (None, ""))
            first = [str(v)[:40] for _, v in zip(range(3), values, strict=False)]
            if head or first:
                found.append((head, first, self[f"column_{at}"]))
        return found

    def columns(self) -> dict[str, str]:
        """Return place of a column -> field, of what was sent."""
        return {str(at): self.data.get(f"column_{at}", "") for at in range(len(self.headers))}
