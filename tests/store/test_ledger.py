import asyncio

import pytest

from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.refusals import Unknown
from postroad.store import Database
from postroad.store.ledger import Ledger, LedgerMismatch, LedgerRow
from tests.store.samples import INSTANCE, NOW, REQUISITION, an_intent, later

KEY = an_intent().key
CONFIRMED = EffectResult(status=EffectStatus.CONFIRMED, ref="PR-1", version="4", state="approved")


async def _plan(database: Database, action: str = "approve") -> LedgerRow:
    async with database.begin() as session:
        return await Ledger(session).plan(an_intent(action), NOW)


async def _finish(database: Database, result: EffectResult) -> None:
    async with database.begin() as session:
        await Ledger(session).finish(KEY, result, later())


async def _row(database: Database) -> LedgerRow:
    async with database.read() as session:
        row = await Ledger(session).find(KEY)
    assert row is not None
    return row


async def test_an_intent_planned_by_several_attempts_at_once_is_one_row(database: Database) -> None:
    rows = await asyncio.gather(*(_plan(database) for _ in range(6)))

    assert {(row.key, row.status, row.attempts) for row in rows} == {(KEY, EffectStatus.PLANNED, 0)}


async def test_another_intent_under_the_same_key_is_refused(database: Database) -> None:
    await _plan(database)

    with pytest.raises(LedgerMismatch, match="未执行"):
        await _plan(database, "reject")


async def test_every_attempt_is_counted_before_it_is_made(database: Database) -> None:
    await _plan(database)
    for number in (1, 2):
        async with database.begin() as session:
            await Ledger(session).sent(KEY, later(number))

    row = await _row(database)
    assert (row.status, row.attempts, row.sent_at) == (EffectStatus.SENT, 2, later(2))


async def test_an_effect_that_was_read_back_is_confirmed(database: Database) -> None:
    await _plan(database)
    await _finish(database, CONFIRMED)

    row = await _row(database)
    assert (row.status, row.outcome, row.result_version, row.finished_at) == ("confirmed", CONFIRMED, "4", later())


async def test_a_straggling_attempt_does_not_undo_a_confirmation(database: Database) -> None:
    await _plan(database)
    await _finish(database, CONFIRMED)

    async with database.begin() as session:
        await Ledger(session).sent(KEY, later())
    await _finish(database, EffectResult(status=EffectStatus.REJECTED, message="超时"))

    row = await _row(database)
    assert (row.status, row.attempts, row.outcome) == ("confirmed", 0, CONFIRMED)


async def test_a_refused_effect_may_be_tried_again(database: Database) -> None:
    await _plan(database)
    await _finish(database, EffectResult(status=EffectStatus.CONFLICT, message="已被修改"))
    await _finish(database, CONFIRMED)

    assert (await _row(database)).status == "confirmed"


async def test_what_is_confirmed_can_still_be_compensated_and_then_nothing_else(database: Database) -> None:
    await _plan(database)
    await _finish(database, CONFIRMED)
    await _finish(database, EffectResult(status=EffectStatus.COMPENSATED))
    await _finish(database, CONFIRMED)

    assert (await _row(database)).status == "compensated"


async def test_finishing_what_was_never_planned_is_refused(database: Database) -> None:
    with pytest.raises(Unknown, match="先登记"):
        await _finish(database, CONFIRMED)


async def test_only_the_version_that_our_effect_made_counts_as_ours(database: Database) -> None:
    await _plan(database)
    async with database.read() as session:
        assert not await Ledger(session).caused(REQUISITION, "4")

    await _finish(database, CONFIRMED)

    async with database.read() as session:
        assert await Ledger(session).caused(REQUISITION, "4")
        assert not await Ledger(session).caused(REQUISITION, "5")
        assert not await Ledger(session).caused(REQUISITION.model_copy(update={"id": "PR-2"}), "4")


async def test_the_effects_of_an_instance_are_listed_as_planned(database: Database) -> None:
    creating = an_intent().model_copy(update={"key": "k2", "document": None, "action": "create"})
    async with database.begin() as session:
        await Ledger(session).plan(creating, later())
        await Ledger(session).plan(an_intent(), NOW)

    async with database.read() as session:
        rows = await Ledger(session).of_instance(INSTANCE)
    assert [(row.key, row.document_id) for row in rows] == [(KEY, "PR-1"), ("k2", None)]
