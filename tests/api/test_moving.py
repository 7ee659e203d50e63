"""Who may move running instances, what an order has to say, and what becomes of instances that do not answer."""

from typing import Any

import pytest

from postroad.model.process import Process
from tests.api.office import PURCHASE, Office

NEXT = Process.model_validate({**PURCHASE.model_dump(mode="json"), "outcome": "done"})


async def moved(office: Office, headers: dict[str, str] | None = None, **order: Any) -> Any:
    headers = headers or await office.token("admin")
    return await office.http.post("/api/v1/processes/purchase-approval/move", json=order, headers=headers)


@pytest.mark.parametrize("scopes", [("read",), ("act",), ("read", "act", "metrics")])
async def test_only_an_administrator_moves_instances_or_asks_who_could(office: Office, scopes: tuple[str, ...]) -> None:
    await office.publish()
    headers = await office.token(*scopes, person="li")

    for dry_run in (True, False):
        refused = await moved(office, headers, dry_run=dry_run, reason="改版")
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert (await office.http.post("/api/v1/processes/purchase-approval/move", json={})).status_code == 401


@pytest.mark.parametrize("scopes", [("admin",), ("metrics",)])
async def test_releases_are_shown_to_those_who_may_read_or_act(office: Office, scopes: tuple[str, ...]) -> None:
    await office.publish()
    refused = await office.http.get("/api/v1/processes/purchase-approval/releases", headers=await office.token(*scopes))

    assert refused.status_code == 403


async def test_a_move_needs_a_reason_and_a_dry_run_none(office: Office) -> None:
    await office.publish()

    assert (await moved(office, dry_run=False)).json()["code"] == "malformed"
    assert (await moved(office)).json()["items"] == []


async def test_a_release_of_another_process_or_none_is_refused(office: Office) -> None:
    unpublished = await moved(office)
    await office.publish()
    await office.publish(Process.model_validate({**PURCHASE.model_dump(mode="json"), "process": "other"}))

    assert (unpublished.status_code, unpublished.json()["code"]) == (404, "no_such_process")
    assert (await moved(office, to="other@1")).status_code == 404
    assert (await moved(office, to="purchase-approval@9")).status_code == 404


async def test_a_mapping_to_a_step_that_is_not_there_is_refused_at_once(office: Office) -> None:
    await office.publish()
    refused = await moved(office, mapping={"approve": "aprove"})

    assert (refused.status_code, refused.json()["message"]["zh"]) == (422, "版本 purchase-approval@1 没有节点 aprove")


async def test_an_instance_that_does_not_answer_is_listed_as_such(office: Office) -> None:
    await office.publish()
    view = await office.instance()
    await office.publish(NEXT)
    async with office.at_work():  # by somebody who knows nothing of moving
        (item,) = (await moved(office, dry_run=False, reason="改版")).json()["items"]

    assert (item["instance"], item["verdict"], item["moved"]) == (view.id, "no_answer", False)
    assert item["reasons"][0]["code"] == "unavailable"


async def test_what_would_move_to_a_draft_is_planned_by_those_who_draw_and_moved_by_nobody(office: Office) -> None:
    await office.publish()
    drawer = await office.token("processes", person="li")
    drafts = "/api/v1/processes/drafts"
    drawn = {**PURCHASE.model_dump(mode="json"), "outcome": "done"}
    version = (await office.http.post(drafts, json={"process": drawn}, headers=drawer)).json()

    planned = await moved(office, drawer, to=f"purchase-approval@{version['version']}")

    assert (planned.json()["to"], planned.json()["items"], planned.json()["groups"]) == ("purchase-approval@2", [], [])
    refused = await moved(office, drawer, to="purchase-approval@2", dry_run=False, reason="改版")
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert (await moved(office, to="purchase-approval@2", dry_run=False, reason="改版")).status_code == 404
    unfinished = {"process": {**drawn, "steps": [{"approval": "approve"}]}}
    await office.http.post(drafts, json=unfinished, headers=drawer)
    assert (await moved(office, drawer, to="purchase-approval@3")).json()["code"] == "not_sound"


async def test_a_plan_says_in_words_what_becomes_of_each_group(office: Office) -> None:
    await office.publish()
    await office.instance()
    await office.publish(NEXT)

    told = (await moved(office)).json()

    assert [(one["verdict"], one["count"]) for one in told["groups"]] == [("no_answer", 1)]
    assert told["groups"][0]["text"]["zh"] == "1 个没有及时回答，请稍后再看"
