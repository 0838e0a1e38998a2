"""A filled form and its case file are the same case, byte for byte."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namsai.knowhow import load
from namsai.plant.case import Case
from namsai.plant.case_file import read_case, to_json
from namsai.workbook.columns import columns, tables, value_columns
from namsai.workbook.form import form_bytes, write_form
from namsai.workbook.guards import repack
from namsai.workbook.read import case_of, read_any, read_sheets
from tests.plant.cases import sound
from tests.workbook.strategies import cases

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/case.json"))


def through_form(case: Case, lang: str = "both") -> Case:
    content, problems = repack(form_bytes(case.enterprise.sector, lang, case, load()))  # type: ignore[arg-type]
    assert problems == []
    assert content is not None
    back, findings = case_of(read_sheets(content), None)
    assert back is not None, findings
    assert findings == []
    return back


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(), st.sampled_from(["both", "lo", "en"]))
def test_any_case_survives_the_form_byte_for_byte(case: Case, lang: str) -> None:
    assert to_json(through_form(case, lang)).encode() == to_json(case).encode()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_the_examples_survive_the_form(path: Path, tmp_path: Path) -> None:
    case, findings = read_case(path, load())
    assert case is not None, findings
    form = tmp_path / "form.xlsx"
    write_form(form, case.enterprise.sector, "both", case, load())
    back, again = read_any(form, load())
    assert back is not None
    assert to_json(back) == to_json(case) == path.read_text(encoding="utf-8")
    assert [f.code for f in again] == [f.code for f in findings]


def test_the_columns_hold_every_field_of_the_models() -> None:
    """The schema of the case, walked without the code of the form, has the same leaves as the columns."""
    schema = Case.model_json_schema(by_alias=True)

    def leaves(node: dict[str, object], prefix: str) -> set[str]:
        options = [node, *(node.get("anyOf") or [])]  # type: ignore[misc]
        for option in options:
            if "$ref" in option:
                inner = schema["$defs"][str(option["$ref"]).rsplit("/", 1)[1]]
                if "properties" not in inner:
                    return {prefix}
                return {leaf for key, part in inner["properties"].items() for leaf in leaves(part, f"{prefix}.{key}")}
        return {prefix}

    for table, model in tables().items():
        row = schema["properties"][table]["items"]
        assert leaves(row, "") == {f".{c.key}" for c in columns(model)}, table
    single = {key: part for key, part in schema["properties"].items() if key not in tables() and key != "schema"}
    assert {leaf for key, part in single.items() for leaf in leaves(part, key)} == {c.key for c in value_columns()}


def test_all_digits_of_a_number_survive() -> None:
    raw = sound()
    raw["streams"][0]["amount"]["value"] = 0.1 + 0.2
    raw["streams"][1]["amount"]["value"] = 1e-300
    case = Case.model_validate(raw)
    back = through_form(case)
    assert back == case
    assert back.streams[0].amount is not None
    assert back.streams[0].amount.value == 0.30000000000000004


def test_the_empty_list_and_the_default_list_are_told_apart() -> None:
    raw = sound()
    raw["processes"][0]["balance"] = []
    raw["processes"][1]["balance"] = ["mass", "energy"]
    assert [p.balance for p in through_form(Case.model_validate(raw)).processes] == [(), ("mass", "energy")]


def test_the_same_form_is_the_same_bytes() -> None:
    case = Case.model_validate(sound())
    assert form_bytes("garment", "both", case, load()) == form_bytes("garment", "both", case, load())


def test_a_form_saved_again_by_another_program_is_still_the_case() -> None:
    """openpyxl reads the form and writes it anew: other XML, other order of parts, the same case."""
    import openpyxl

    case = Case.model_validate(sound())
    book = openpyxl.load_workbook(BytesIO(form_bytes("garment", "both", case, load())))
    out = BytesIO()
    book.save(out)
    content, problems = repack(out.getvalue())
    assert problems == []
    assert content is not None
    back, findings = case_of(read_sheets(content), None)
    assert findings == []
    assert back == case
