"""The parts every record of the case file is made of: texts in two languages, observed amounts, prices, references."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Unit = Annotated[str, StringConstraints(min_length=1, max_length=30)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Percent = Annotated[float, Field(ge=0, le=100)]
NotNegative = Annotated[float, Field(ge=0)]


class Record(BaseModel):
    """Base of all records: frozen, unknown keys are an error, no infinite numbers."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False, populate_by_name=True
    )


class Text(Record):
    """A name or note in Lao and English; at least one of them."""

    lo: Line | None = None
    en: Line | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> Text:
        if self.lo is None and self.en is None:
            raise ValueError("text needs Lao or English")
        return self

    def show(self, lang: str) -> str:
        """Return the text in the language, or in the other one where it is missing."""
        first, second = (self.lo, self.en) if lang == "lo" else (self.en, self.lo)
        return first or second or ""


class Source(StrEnum):
    """How a value was obtained."""

    METER = "meter"
    BILL = "bill"
    WEIGHED = "weighed"
    COUNTED = "counted"
    ESTIMATED = "estimated"
    CALCULATED = "calculated"


class Observed(Record):
    """A measured or estimated amount. `uncertainty` is the expanded uncertainty in % of the value at 95 % confidence
    (k = 2); empty means the default of the source, which the report marks as a default; 0 means exact by definition."""

    value: NotNegative
    unit: Unit
    source: Source
    uncertainty: NotNegative | None = None


class Price(Record):
    """Money per unit of an amount, with the date of the price."""

    amount: NotNegative
    currency: Currency
    per: Unit
    date: IsoDate | None = None


class Money(Record):
    """An amount of money in a currency; `date` is the day whose prices it is in."""

    amount: float
    currency: Currency
    date: IsoDate | None = None


class Referenced(Record):
    """A record that says where its figures come from: `ref` names a row of `sources`; `assumption` marks a figure
    that is not published or measured and is listed in the report as an assumption."""

    ref: Line | None = None
    assumption: bool = False
    note: Text | None = None
