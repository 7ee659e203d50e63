"""One action in another system, whatever goes wrong on the way: once in its journal, and the ledger agrees."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
import yaml
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.effects import Effects
from postroad.connectors import Connector, load_connectors
from postroad.model.document import DocumentRef
from postroad.model.effect import Actor, EffectResult, EffectStatus, Intent
from postroad.store.database import Database
from postroad.store.ledger import Ledger, LedgerRow
from tests.activities.conftest import utc_now
from tests.connectors.systems import CONNECTORS_FILE, REQUISITION, MemorySystem, SandboxSystem, System

CHEN = Actor(person="chen", name="陈静")
CONFIRMED, CONFLICT, REJECTED = EffectStatus.CONFIRMED, EffectStatus.CONFLICT, EffectStatus.REJECTED


class Office:
    """The activity with its connectors and ledger, asked the way a worker asks it."""

    def __init__(self, connectors: Mapping[str, Connector], database: Database) -> None:
        self.effects, self._database = Effects(connectors, database, utc_now), database

    async def attempt(self, intent: Intent) -> EffectResult:
        return await ActivityEnvironment().run(self.effects.act, intent)

    async def carry_out(self, intent: Intent, most: int = 20) -> EffectResult:
        """Attempts until one ends, as Temporal's retry policy does."""
        for _ in range(most):
            try:
                return await self.attempt(intent)
            except ApplicationError as again:
                if again.non_retryable:
                    raise
        raise AssertionError(f"{intent.key} did not end in {most} attempts")

    async def ledger(self, key: str) -> LedgerRow:
        async with self._database.read() as session:
            row = await Ledger(session).find(key)
        assert row is not None
        return row


def office_of(system: System, database: Database) -> Office:
    return Office({"erp": system.connector, "pms": system.project_connector}, database)


@pytest.fixture
def office(sandbox: SandboxSystem, database: Database) -> Office:
    return office_of(sandbox, database)


@pytest.fixture(params=["memory", "sandbox"])
def system(request: pytest.FixtureRequest) -> System:
    return MemorySystem() if request.param == "memory" else request.getfixturevalue("sandbox")


def approval(ref: DocumentRef, epoch: int = 1, action: str = "approve", instance: str = "purchase:1") -> Intent:
    return Intent(
        key=f"{instance}:write_back:{epoch}",
        instance=instance,
        connector="erp",
        entity=REQUISITION,
        action=action,
        document=ref,
        args={"note": "同意"},
        actor=CHEN,
    )


def follow_up(**changes: object) -> Intent:
    said = {
        "key": "purchase:1:follow_up:1",
        "instance": "purchase:1",
        "connector": "pms",
        "entity": "task",
        "action": "create",
        "args": {"title": "高额采购跟进", "assignee": "sun", "description": ""},
        "actor": CHEN,
    }
    return Intent.model_validate({**said, **changes})


def undo_of(intent: Intent, action: str) -> Intent:
    return intent.model_copy(update={"key": f"{intent.key}:undo", "action": action})


async def test_an_approval_reaches_the_erp_and_is_read_back(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)

    result = await office.attempt(approval(ref))

    document = await system.connector.read(ref)
    assert (result.status, result.replayed) == (CONFIRMED, False)
    assert (result.state, result.version) == (document.state, document.version) == ("approved", document.version)


async def test_the_ledger_keeps_what_was_confirmed(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)

    result = await office.attempt(approval(ref))

    row = await office.ledger(approval(ref).key)
    assert (row.status, row.attempts, row.outcome) == (CONFIRMED, 1, result)


async def test_a_second_attempt_of_a_finished_effect_repeats_its_result(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    first = await office.attempt(approval(ref))

    second = await office.attempt(approval(ref))

    assert second == first.model_copy(update={"replayed": True})
    assert await system.journal(ref) == ["approve"]


async def test_an_approval_given_by_somebody_else_in_the_erp_is_a_conflict(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    await system.by_hand(ref, "approve")

    result = await office.attempt(approval(ref))

    assert (result.status, result.state) == (CONFLICT, "approved")
    assert await system.journal(ref) == ["approve"]


async def test_a_conflict_that_somebody_settled_in_the_erp_is_over_when_it_is_tried_again(
    system: System, database: Database
) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    await system.by_hand(ref, "approve")
    await office.attempt(approval(ref))
    await system.by_hand(ref, "reopen")

    result = await office.attempt(approval(ref))

    assert (result.status, (await office.ledger(approval(ref).key)).status) == (CONFIRMED, CONFIRMED)
    assert await system.journal(ref) == ["approve", "reopen", "approve"]


async def test_where_it_does_not_matter_who_did_it_somebody_elses_doing_is_enough(
    system: System, database: Database
) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    await system.by_hand(ref, "approve")

    result = await office.attempt(approval(ref).model_copy(update={"by_anyone": True}))

    assert (result.status, result.replayed) == (CONFIRMED, True)
    assert await system.journal(ref) == ["approve"]


async def test_a_document_rejected_in_the_erp_is_never_overwritten(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    await system.by_hand(ref, "reject")

    result = await office.attempt(approval(ref))

    assert (result.status, result.state) == (CONFLICT, "rejected")
    assert await system.journal(ref) == ["reject"]


async def test_an_approval_reopened_before_we_heard_of_it_is_not_given_again(
    sandbox: SandboxSystem, office: Office
) -> None:
    ref = await sandbox.submitted()
    await sandbox.fault("erp", "drop_reply", times=1)
    with pytest.raises(ApplicationError):
        await office.attempt(approval(ref))
    await sandbox.by_hand(ref, "reopen")

    result = await office.attempt(approval(ref))

    assert (result.status, result.state) == (CONFLICT, "submitted")
    assert await sandbox.journal(ref) == ["approve", "reopen"]


async def test_an_approval_of_a_later_epoch_that_an_earlier_attempt_had_given_is_ours(
    sandbox: SandboxSystem, office: Office
) -> None:
    ref = await sandbox.submitted()
    await sandbox.fault("erp", "drop_reply", times=1)
    with pytest.raises(ApplicationError):
        await office.attempt(approval(ref, epoch=1))

    result = await office.attempt(approval(ref, epoch=2))

    assert (result.status, result.replayed) == (CONFIRMED, True)
    assert await sandbox.journal(ref) == ["approve"]


@pytest.mark.parametrize("kind", ["drop_reply", "error_after_commit", "error_before", "outage", "rate_limit"])
async def test_one_failed_call_ends_in_one_transition(sandbox: SandboxSystem, office: Office, kind: str) -> None:
    ref = await sandbox.submitted()
    await sandbox.fault("erp", kind, times=1)

    result = await office.carry_out(approval(ref))

    row = await office.ledger(approval(ref).key)
    assert (result.status, row.status, row.result_version) == (CONFIRMED, CONFIRMED, result.version)
    assert await sandbox.journal(ref) == ["approve"]


@pytest.mark.parametrize("kind", ["drop_reply", "error_after_commit", "error_before"])
async def test_an_erp_that_fails_again_and_again_still_sees_one_transition(
    sandbox: SandboxSystem, office: Office, kind: str
) -> None:
    ref = await sandbox.submitted()
    await sandbox.fault("erp", kind, probability=0.6, times=6)

    result = await office.carry_out(approval(ref), most=60)

    assert result.status is CONFIRMED
    assert await sandbox.journal(ref) == ["approve"]


async def test_an_erp_that_asks_for_patience_is_given_it(sandbox: SandboxSystem, office: Office) -> None:
    ref = await sandbox.submitted()
    await sandbox.fault("erp", "rate_limit", times=1)

    with pytest.raises(ApplicationError) as later:
        await office.attempt(approval(ref))

    assert later.value.next_retry_delay is not None
    assert later.value.next_retry_delay.total_seconds() == 1


async def test_somebody_who_is_faster_in_the_erp_wins(sandbox: SandboxSystem, office: Office) -> None:
    ref = await sandbox.submitted()
    await sandbox.fault("erp", "conflict", times=1)

    result = await office.carry_out(approval(ref))

    assert (result.status, result.state) == (CONFLICT, "rejected")
    assert await sandbox.journal(ref) == ["reject"]


async def test_attempts_at_the_same_time_make_one_transition(sandbox: SandboxSystem, office: Office) -> None:
    ref = await sandbox.submitted()

    results = await asyncio.gather(*(office.carry_out(approval(ref)) for _ in range(8)))

    assert {result.status for result in results} == {CONFIRMED}
    assert await sandbox.journal(ref) == ["approve"]


@pytest.fixture
async def impatient(sandbox: SandboxSystem, database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    """Connectors that wait a fifth of a second for an answer."""
    said = yaml.safe_load(CONNECTORS_FILE.read_text(encoding="utf-8"))
    said["connectors"]["erp"]["timeout"] = 0.2
    file = tmp_path / "connectors.yaml"
    file.write_text(yaml.safe_dump(said), encoding="utf-8")
    connectors = load_connectors(file, {"SANDBOX_URL": sandbox.url})
    yield Office(connectors, database)
    await connectors.aclose()


async def test_an_answer_that_comes_too_late_makes_no_second_transition(
    sandbox: SandboxSystem, impatient: Office
) -> None:
    ref = await sandbox.submitted()
    await sandbox.fault("erp", "latency", seconds=0.6, times=1, match="/approve")

    result = await impatient.carry_out(approval(ref))

    # a look that is held up as long as the late request was, and so comes after it
    await sandbox.fault("erp", "latency", seconds=0.6, times=1, match="/journal")
    assert result.status is CONFIRMED
    assert await sandbox.journal(ref) == ["approve"]


async def test_while_the_erp_is_slow_the_worker_shows_that_it_lives(sandbox: SandboxSystem, office: Office) -> None:
    ref = await sandbox.submitted()
    await sandbox.fault("erp", "latency", seconds=1.2, times=1)
    beats: list[object] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = lambda *_: beats.append(None)

    await environment.run(office.effects.act, approval(ref))

    assert len(beats) >= 2


async def test_a_new_thing_is_made_once_and_found_by_our_key(system: System, database: Database) -> None:
    office = office_of(system, database)

    result = await office.attempt(follow_up())

    made = await system.project_connector.find("task", follow_up().key)
    assert made is not None
    assert (result.status, result.ref) == (CONFIRMED, made.document.ref.id)


@pytest.mark.parametrize("kind", ["drop_reply", "error_after_commit", "error_before", "outage", "rate_limit"])
async def test_one_failed_creation_ends_in_one_thing(sandbox: SandboxSystem, office: Office, kind: str) -> None:
    await sandbox.fault("pms", kind, times=1)

    result = await office.carry_out(follow_up())

    assert (result.status, await sandbox.project_tasks()) == (CONFIRMED, 1)


async def test_creations_at_the_same_time_make_one_thing(sandbox: SandboxSystem, office: Office) -> None:
    results = await asyncio.gather(*(office.carry_out(follow_up()) for _ in range(8)))

    assert len({result.ref for result in results}) == 1
    assert await sandbox.project_tasks() == 1


async def test_an_approval_is_undone_and_the_ledger_says_so(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    await office.attempt(approval(ref))

    result = await office.attempt(undo_of(approval(ref), "reopen"))

    assert (result.status, result.state) == (CONFIRMED, "submitted")
    assert (await office.ledger(approval(ref).key)).status == EffectStatus.COMPENSATED


async def test_after_an_undo_the_same_approval_can_be_given_anew(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    await office.attempt(approval(ref, epoch=1))
    await office.attempt(undo_of(approval(ref, epoch=1), "reopen"))

    result = await office.attempt(approval(ref, epoch=2))

    assert (result.status, result.replayed) == (CONFIRMED, False)
    assert await system.journal(ref) == ["approve", "reopen", "approve"]


async def test_an_undo_does_not_mind_who_brought_the_document_back(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    await office.attempt(approval(ref))
    await system.by_hand(ref, "reopen")

    result = await office.attempt(undo_of(approval(ref), "reopen"))

    assert (result.status, result.replayed) == (CONFIRMED, True)


async def test_what_can_no_longer_be_undone_is_a_conflict_for_a_person(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    await office.attempt(approval(ref))
    await system.by_hand(ref, "reopen")
    await system.by_hand(ref, "withdraw")

    result = await office.attempt(undo_of(approval(ref), "reopen"))

    assert (result.status, result.state) == (CONFLICT, "draft")


async def test_a_created_thing_is_undone_without_knowing_its_number(system: System, database: Database) -> None:
    office = office_of(system, database)
    made = await office.attempt(follow_up())

    undone = await office.attempt(undo_of(follow_up(), "cancel"))

    assert (undone.status, undone.state, undone.ref) == (CONFIRMED, "cancelled", made.ref)


async def test_undoing_what_was_never_created_is_nothing_to_do(system: System, database: Database) -> None:
    result = await office_of(system, database).attempt(undo_of(follow_up(), "cancel"))

    assert (result.status, result.replayed) == (CONFIRMED, True)


async def test_a_document_the_erp_does_not_know_is_rejected_with_its_words(system: System, database: Database) -> None:
    missing = DocumentRef(system="erp", kind=REQUISITION, id="PR-9999")

    result = await office_of(system, database).attempt(approval(missing))

    assert result.status is REJECTED
    assert "PR-9999" in result.message


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"connector": "crm"}, "crm"),
        ({"entity": "spaceship"}, "spaceship"),
        ({"action": "launch", "document": DocumentRef(system="pms", kind="task", id="T-1")}, "launch"),
        ({"action": "cancel"}, "create"),
    ],
)
async def test_what_is_not_configured_is_rejected_with_what_to_configure(
    system: System, database: Database, changes: dict[str, object], named: str
) -> None:
    result = await office_of(system, database).attempt(follow_up(**changes))

    assert result.status is REJECTED
    assert named in result.message


async def test_a_creation_that_the_system_finds_invalid_is_rejected_with_its_words(
    sandbox: SandboxSystem, office: Office
) -> None:
    result = await office.attempt(follow_up(args={"title": "", "assignee": "sun"}))

    assert result.status is REJECTED
    assert "title" in result.message


async def test_two_meanings_of_one_key_are_never_mixed_up(system: System, database: Database) -> None:
    ref, office = await system.submitted(), office_of(system, database)
    await office.attempt(approval(ref))

    result = await office.attempt(approval(ref, action="reject"))

    assert (result.status, await system.journal(ref)) == (REJECTED, ["approve"])


async def test_a_wrong_token_is_rejected_with_what_to_renew(sandbox: SandboxSystem, database: Database) -> None:
    ref = await sandbox.submitted()
    connectors = load_connectors(CONNECTORS_FILE, {"SANDBOX_URL": sandbox.url, "SANDBOX_ERP_TOKEN": "old"})

    result = await Office(connectors, database).attempt(approval(ref))

    await connectors.aclose()
    assert result.status is REJECTED
    assert "auth" in result.message


async def test_a_token_that_was_renewed_meanwhile_is_taken_up(sandbox: SandboxSystem, database: Database) -> None:
    ref = await sandbox.submitted()
    environ = {"SANDBOX_URL": sandbox.url, "SANDBOX_ERP_TOKEN": "old"}
    connectors = load_connectors(CONNECTORS_FILE, environ)
    environ["SANDBOX_ERP_TOKEN"] = "sandbox-erp-token"

    result = await Office(connectors, database).carry_out(approval(ref))

    await connectors.aclose()
    assert result.status is CONFIRMED
