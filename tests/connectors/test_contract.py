"""What every connector promises, asked of the sandbox's ERP over HTTP and of the one in memory."""

from datetime import UTC, datetime, timedelta

import pytest

from postroad.connectors.errors import BusinessConflict, NotFound, Rejected
from postroad.model.document import DocumentRef
from postroad.model.effect import Actor
from postroad.model.refusals import Malformed, TooLarge, Unauthenticated
from tests.connectors.systems import REQUISITION, System, signed

CHEN = Actor(person="chen", name="陈静")
NOW = datetime(2026, 11, 22, 6, 3, tzinfo=UTC)
EVENT = {
    "id": "erp-7",
    "model": REQUISITION,
    "record": "PR-2026-0001",
    "mode": "submitted",
    "state": "submitted",
    "version": 2,
    "round": 1,
    "occurred_at": "2026-11-22T06:02:59Z",
}


async def test_a_document_is_read_with_its_amount_as_exact_text(system: System) -> None:
    ref = await system.submitted()

    document = await system.connector.read(ref)

    assert (document.ref, document.state, document.data["amount"]) == (ref, "submitted", "28000.00")


async def test_an_unknown_document_is_not_found(system: System) -> None:
    with pytest.raises(NotFound):
        await system.connector.read(DocumentRef(system="erp", kind=REQUISITION, id="PR-9999"))


async def test_an_action_brings_the_document_to_its_goal_and_leaves_our_key(system: System) -> None:
    ref = await system.submitted()

    await system.connector.act(ref, "approve", {"note": "同意"}, key="k-1", actor=CHEN)

    seen = await system.connector.observe(ref)
    assert seen.document.state == system.connector.goal(REQUISITION, "approve").to
    assert seen.marks is not None
    assert seen.marks[-1] == "k-1"


async def test_every_change_gives_the_document_another_version(system: System) -> None:
    ref = await system.submitted()
    before = await system.connector.read(ref)

    await system.connector.act(ref, "approve", {}, key="k-1", actor=CHEN)

    assert (await system.connector.read(ref)).version != before.version


async def test_an_action_in_the_wrong_state_is_a_conflict_that_names_the_state(system: System) -> None:
    ref = await system.submitted()
    await system.by_hand(ref, "reject")

    with pytest.raises(BusinessConflict) as conflict:
        await system.connector.act(ref, "approve", {}, key="k-1", actor=CHEN)

    assert conflict.value.current == "rejected"


async def test_an_unknown_action_says_what_to_configure(system: System) -> None:
    with pytest.raises(Rejected, match="fly"):
        system.connector.goal(REQUISITION, "fly")


async def test_what_was_created_is_found_by_our_external_id(system: System) -> None:
    await system.project_connector.create("task", "x-1", {"title": "跟进", "assignee": "sun"}, key="x-1")

    found = await system.project_connector.find("task", "x-1")

    assert found is not None
    assert (found.document.data["title"], found.document.state) == ("跟进", "open")


async def test_nothing_is_found_under_an_external_id_nobody_used(system: System) -> None:
    assert await system.project_connector.find("task", "nobody") is None


async def test_an_external_id_is_taken_once(system: System) -> None:
    await system.project_connector.create("task", "x-1", {"title": "跟进", "assignee": "sun"}, key="x-1")

    with pytest.raises(BusinessConflict):
        await system.project_connector.create("task", "x-1", {"title": "跟进", "assignee": "sun"}, key="x-1")


async def test_what_was_created_can_be_read_and_cancelled(system: System) -> None:
    made = await system.project_connector.create("task", "x-1", {"title": "跟进", "assignee": "sun"}, key="x-1")
    assert made.ref is not None

    await system.project_connector.act(made.ref, "cancel", {}, key="x-1:undo", actor=None)

    assert (await system.project_connector.read(made.ref)).state == "cancelled"


def test_an_event_says_which_document_changed(system: System) -> None:
    headers, raw = signed(system.events_secret, EVENT, NOW)

    event = system.connector.parse_event(headers, raw, NOW)

    assert (event.event_id, event.document.id, event.mode, event.version, event.round) == (
        "erp-7",
        "PR-2026-0001",
        "submitted",
        "2",
        "1",
    )


def test_header_names_are_read_in_any_case(system: System) -> None:
    headers, raw = signed(system.events_secret, EVENT, NOW)

    event = system.connector.parse_event({name.lower(): value for name, value in headers.items()}, raw, NOW)

    assert event.occurred_at == datetime(2026, 11, 22, 6, 2, 59, tzinfo=UTC)


def test_an_event_signed_by_somebody_else_is_refused(system: System) -> None:
    headers, raw = signed("not the secret", EVENT, NOW)

    with pytest.raises(Unauthenticated):
        system.connector.parse_event(headers, raw, NOW)


def test_an_event_changed_on_the_way_is_refused(system: System) -> None:
    headers, raw = signed(system.events_secret, EVENT, NOW)

    with pytest.raises(Unauthenticated):
        system.connector.parse_event(headers, raw.replace(b"PR-2026-0001", b"PR-2026-0002"), NOW)


@pytest.mark.parametrize("off", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_an_event_of_another_time_is_refused(system: System, off: timedelta) -> None:
    headers, raw = signed(system.events_secret, EVENT, NOW + off)

    with pytest.raises(Unauthenticated, match="5"):
        system.connector.parse_event(headers, raw, NOW)


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "9" * 40, "99999999999", "١٢٣"])
def test_an_event_without_a_proper_time_is_refused(system: System, stamp: str) -> None:
    headers, raw = signed(system.events_secret, EVENT, NOW)

    with pytest.raises(Unauthenticated):
        system.connector.parse_event({**headers, "X-Event-Timestamp": stamp}, raw, NOW)


NONSENSE = [b"", b"[]", b"{", b"\xff\xfe", b'{"id": 1}', b'{"id": {}, "record": []}', b"[" * 60_000]


@pytest.mark.parametrize("body", NONSENSE)
def test_a_signed_event_that_makes_no_sense_is_malformed(system: System, body: bytes) -> None:
    headers, raw = signed(system.events_secret, body, NOW)

    with pytest.raises(Malformed):
        system.connector.parse_event(headers, raw, NOW)


def test_an_event_of_megabytes_is_not_even_looked_at(system: System) -> None:
    headers, raw = signed(system.events_secret, b" " * 1_000_000, NOW)

    with pytest.raises(TooLarge):
        system.connector.parse_event(headers, raw, NOW)
