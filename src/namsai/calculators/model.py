"""What the registry holds: a calculator with its inputs, outputs, formula and source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from namsai.findings import Finding

Shape = Literal[
    "number", "integer", "list", "indices", "table", "pairs", "record", "tree", "records", "names", "dates", "choice",
    "flag", "text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """One input. `unit` is the unit the function works in: a unit symbol, ``money`` (any one currency), ``1`` (a share
    or a pure number), ``any`` (free, its unit is handed on). `key` is the key of its text (default: the name)."""

    name: str
    unit: str = "1"
    shape: Shape = "number"
    required: bool = True
    default: Any = None
    low: float | None = None
    high: float | None = None
    above: float | None = None  # exclusive lower limit
    choices: tuple[str, ...] = ()
    gaps: bool = False  # None is allowed inside a list or table: not measured
    key: str = ""

    @property
    def text_key(self) -> str:
        """Key of the description in the catalogue."""
        return f"calculators.input-{self.key or self.name}"


@dataclass(frozen=True, slots=True)
class Output:
    """One output. `unit` as for inputs; ``{name}`` in it is replaced by the unit given for that input, ``money`` by
    the currency.
    """

    name: str
    unit: str = "1"
    shape: Shape = "number"
    key: str = ""

    @property
    def text_key(self) -> str:
        """Key of the description in the catalogue."""
        return f"calculators.output-{self.key or self.name}"


@dataclass(frozen=True, slots=True)
class Values:
    """The checked inputs of one call, in the units of the function, with the units that were given."""

    numbers: dict[str, Any]
    units: dict[str, str] = field(default_factory=dict)
    currency: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.numbers[name]

    def only(self, *names: str) -> dict[str, Any]:
        """Return the named inputs that were given (or have a default)."""
        return {n: self.numbers[n] for n in names if self.numbers.get(n) is not None}


Result = tuple[dict[str, Any], Sequence[Finding]]
Function = Callable[[Values], Result]


@dataclass(frozen=True, slots=True)
class Calculator:
    """One calculation method. `function` is "module:name", imported only when it is run."""

    name: str
    group: str
    function: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    formula: str
    source: str

    @property
    def text_key(self) -> str:
        """Key of the title in the catalogue."""
        return f"calculators.name-{self.name}"
