import json
from pathlib import Path

import jsonschema_rs
import pytest

from postroad.files import load_yaml
from postroad.model.process import Process
from tests.process.staging import approval, definition

PUBLISHED = Path("docs/schema/process.schema.json")


def test_the_published_schema_is_current() -> None:
    """After a change: ``python -m postroad schema > docs/schema/process.schema.json``."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == Process.model_json_schema()


def test_what_ships_is_valid_as_authors_write_it() -> None:
    shipped = json.loads(json.dumps(load_yaml(Path("processes/purchase-approval/process.yaml")), default=str))

    assert jsonschema_rs.is_valid(json.loads(PUBLISHED.read_text(encoding="utf-8")), shipped)


def test_a_definition_as_we_write_it_is_valid_too() -> None:
    written = definition(approval("x", "a", when={"amount": 5000}), {"wait": "w", "for": "1d"}).model_dump(mode="json")

    assert jsonschema_rs.is_valid(Process.model_json_schema(), written)
    assert Process.model_validate(written).model_dump(mode="json") == written


@pytest.mark.parametrize("title", ["采购审批", {"zh": "采购审批"}, {"zh": "采购审批", "en": "Purchase"}])
@pytest.mark.parametrize("condition", [5000, "< 5000", True, ["a", "b"], 0.5])
def test_authors_may_write_titles_and_conditions_in_the_short_form(title: object, condition: object) -> None:
    step = {"approval": "x", "title": title, "who": {"initiator": True}, "when": {"amount": condition}}
    document = {"system": "erp", "kind": "order", "starts_on": "submitted"}
    said = {"process": "p", "title": title, "document": document, "owner": {"role": "boss"}, "steps": [step]}

    assert jsonschema_rs.is_valid(Process.model_json_schema(), said)
    assert Process.model_validate(said).steps[0].label.zh in {"采购审批", "x"}


def test_what_an_editor_should_underline_is_not_valid() -> None:
    said = {"process": "p", "title": "x", "owner": {"role": "boss"}, "steps": [{"approval": "x", "whom": {}}]}

    assert not jsonschema_rs.is_valid(Process.model_json_schema(), said)
