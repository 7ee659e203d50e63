import json
from typing import Any

import pytest

from postroad.model.process import KINDS
from tests.api.drawing import Board, Json, board
from tests.api.office import Office


@pytest.fixture
async def told(office: Office) -> Json:
    desk: Board = await board(office)
    await desk.published()
    found: Json = (await desk.get("vocabulary")).json()
    return found


def by(name: str, found: list[Json]) -> dict[str, Json]:
    return {one[name]: one for one in found}


async def test_every_kind_of_node_says_what_can_be_set_but_not_what_stands_inside(told: Json) -> None:
    kinds = by("kind", told["kinds"])

    assert list(kinds) == list(KINDS)
    assert (kinds["branch"]["holds"], list(kinds["branch"]["settings"]["properties"])) == (
        ["branches", "otherwise"],
        ["branch", "title", "when", "inclusive"],
    )
    assert kinds["approval"]["settings"]["properties"]["mode"]["enum"] == ["all", "any", "votes", "sequence"]
    for kind in kinds.values():
        settings = kind["settings"]
        wanted = {one.rpartition("/")[2] for one in _references(settings)}
        assert wanted <= set(settings.get("$defs", {}))
    assert len(json.dumps(told["kinds"])) < 64 * 1024


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return [*own, *(found for inner in value.values() for found in _references(inner))]
    return [found for inner in value for found in _references(inner)] if isinstance(value, list) else []


async def test_documents_have_fields_with_titles_types_and_words_for_codes(told: Json) -> None:
    (requisition,) = [one for one in told["documents"] if one["kind"] == "purchase_requisition"]

    fields = by("field", requisition["fields"])
    assert (fields["amount"]["title"]["zh"], fields["amount"]["type"], fields["amount"]["unit"]) == (
        "金额",
        "money",
        "CNY",
    )
    assert fields["material"]["values"]["production"]["zh"] == "生产物料"
    assert (requisition["title"]["zh"], requisition["events"], requisition["initiators"]) == (
        "采购申请",
        ["submitted"],
        ["applicant"],
    )
    assert {"submitted", "approved", "returned"} <= set(requisition["states"])


async def test_systems_say_what_can_be_done_from_which_states_and_how_it_is_undone(told: Json) -> None:
    erp = by("system", told["systems"])["erp"]
    entities = by("entity", erp["entities"])
    approve = by("action", entities["purchase_requisition"]["actions"])["approve"]

    assert (erp["title"]["zh"], erp["push"]) == ("采购 ERP", True)
    assert [approve[one] for one in ("legal_from", "to", "undo", "args", "proof")] == [
        ["submitted"], "approved", "reopen", ["note"], "mark",
    ]  # fmt: skip
    assert approve["title"] == {"zh": "批准", "en": "Approve"}
    task = by("system", told["systems"])["pms"]["entities"][0]
    assert (task["creates"], task["create_args"]) == (True, ["title", "assignee", "description"])


async def test_people_rules_and_other_processes_are_offered_by_name(told: Json) -> None:
    buyer = by("role", told["roles"])["buyer"]
    assert (buyer["title"]["zh"], buyer["people"]) == ("采购员", 1)
    assert [(one["id"], one["head"]) for one in told["departments"]] == [("workshop", "zhang")]
    assert {one["name"] for one in told["people"]} == {"李四", "张伟", "陈静", "王强"}
    (table,) = told["tables"]
    assert (table["title"]["zh"], table["inputs"][0]["title"]["zh"], table["outputs"][0]["type"]) == (
        "采购分派",
        "金额",
        "who",
    )
    assert [(one["key"], one["title"]["zh"]) for one in told["processes"]] == [("purchase", "采购")]
