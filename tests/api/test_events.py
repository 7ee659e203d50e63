from datetime import timedelta

import pytest

from postroad.store.events import ErpEvents
from tests.api.erp import send, signed, told
from tests.api.office import Office


async def waiting(office: Office) -> int:
    async with office.database.read() as session:
        return await ErpEvents(session).waiting_count()


async def test_an_event_is_kept_once_however_often_it_is_sent(office: Office) -> None:
    first = await send(office, told("e1"))
    again = await send(office, told("e1"))

    assert (first.status_code, first.json()) == (202, {"status": "accepted"})
    assert (again.status_code, again.json()) == (202, {"status": "duplicate"})
    assert await waiting(office) == 1


async def test_an_event_that_is_not_signed_or_old_is_not_kept(office: Office) -> None:
    raw, now = told("e1"), office.parts.now()

    forged = await send(office, raw, signed(raw, now, "not the secret"))
    altered = await send(office, told("e2"), signed(raw, now))
    old = await send(office, raw, signed(raw, now - timedelta(minutes=6)))
    unsigned = await office.http.post("/events/erp", content=raw)

    assert {answer.status_code for answer in (forged, altered, old, unsigned)} == {401}
    assert await waiting(office) == 0


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"{}", told("e1", record=None), told("e1", round="x" * 50)])
async def test_an_event_that_cannot_be_read_says_what_is_wrong(office: Office, raw: bytes) -> None:
    answer = await send(office, raw)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["message"]["zh"]


async def test_an_event_of_an_unknown_system_is_not_found(office: Office) -> None:
    answer = await office.http.post("/events/sap", content=b"{}")

    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_system")


async def test_more_than_an_event_can_hold_is_refused_before_it_is_read(office: Office) -> None:
    answer = await send(office, b"x" * (256 * 1024 + 1))

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
