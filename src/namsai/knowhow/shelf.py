"""The data folder as tables, each read once when first asked for, with the key lists that other tables refer to."""

from __future__ import annotations

from namsai.findings import Finding
from namsai.knowhow.references import statistic_groups
from namsai.knowhow.tables import Place, Row, Table, read_table


class Shelf:
    """Tables of one data folder."""

    def __init__(self, folder: Place) -> None:
        self.folder = folder
        self._tables: dict[str, Table] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self.checked: dict[str, tuple[Finding, ...]] = {}

    def table(self, name: str) -> Table:
        """Return a table by the name of its file without ending."""
        if name not in self._tables:
            self._tables[name] = read_table(self.folder, name)
        return self._tables[name]

    def keys(self, name: str) -> frozenset[str]:
        """Return all keys of a table."""
        if name not in self._keys:
            table = self.table(name)
            self._keys[name] = frozenset(r[table.shape.id] for r in table.rows)
        return self._keys[name]

    def sources(self) -> dict[str, Row]:
        """Return the rows of sources.csv by key."""
        return {r["key"]: r for r in self.table("sources").rows}

    def has_formula(self, name: str) -> bool:
        """Tell whether computed.csv has the formula (``C02`` stands for C02_20_70 and its sisters)."""
        return any(k == name or k.startswith(name + "_") for k in self.keys("computed"))

    def has_statistic(self, group: str) -> bool:
        """Tell whether statistics.csv has the groups of a reference, with that number of measures in sum."""
        asked = statistic_groups(group)
        if asked is None:
            return False
        groups, sector, n = asked
        rows = self.table("statistics").rows
        found = [r for r in rows if r["sector"] == sector and r["group"] in groups]
        return len(found) == len(groups) and sum(int(r["n"]) for r in found if r["n"].isdigit()) == n
