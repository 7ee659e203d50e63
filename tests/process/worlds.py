"""A world in which anything may happen to one instance, in any order, and then everybody does his part."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from postroad.directory.deadline import reckon
from postroad.directory.resolve import resolve
from postroad.model.absence import Absence
from postroad.model.calendar import WorkingCalendar
from postroad.model.call import CallOver
from postroad.model.decision import Action, Answer, Click, Signers, Verdict
from postroad.model.document import Document, DocumentRef
from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.event import ActName, AdminAct, ErpNews
from postroad.model.people import Resolution
from postroad.model.process import Process
from postroad.model.table import Evaluation, Status
from postroad.model.task import Task, TaskKind, TaskState
from postroad.process import deadlines, ending
from postroad.process.advance import Advance, begin
from postroad.process.commands import (
    Act,
    AnyCommand,
    CallOff,
    CallProcess,
    Evaluate,
    ReadDocument,
    Reckon,
    Resolve,
    Sleep,
)
from postroad.process.events import (
    Acted,
    Administered,
    AnyEvent,
    CallBegun,
    CallEnded,
    Clicked,
    DocumentRead,
    Elapsed,
    Evaluated,
    Failed,
    Heard,
    Outcome,
    Reckoned,
    Resolved,
    Started,
    ToldOff,
)
from tests.process.laws import lawful
from tests.process.staging import LEADS_TO, MONDAY, OFFICE

_T = TypeVar("_T")
FAVOURABLE = (Action.APPROVE, Action.COMPLETE, Action.RESUBMIT, Action.ADVISE, Action.CLAIM)
LONG_ENOUGH = 150
WEEK = {"from": MONDAY, "to": MONDAY + timedelta(days=7)}
AWAY = tuple(
    Absence.model_validate({"id": person, "principal": person, "agent": agent, **WEEK})
    for person, agent in (("a", "e"), ("b", "c"), ("c", "f"), ("owner", "g"), ("admin", "li"))
)
LINES: list[dict[str, Any]] = [{"sku": "A", "quantity": 3, "parts": ["x", "y"]}, {"sku": "B", "quantity": 9}]
Chance = tuple[int, int, int]
"""What happens, to whom, and how: three numbers that pick from what is possible at that moment."""


class World:
    def __init__(self, process: Process) -> None:
        self.process, self.now, self.serial, self.finishing = process, MONDAY, 0, False
        ref = DocumentRef(system="erp", kind="order", id="O-1")
        data = {"number": "O-1", "applicant": "li", "amount": "100", "due": "2026-01-05T02:00:00Z", "lines": LINES}
        self.document = Document(ref=ref, version="1", state="submitted", data=data)
        self.state = begin("order:1", "order@1", ref)
        self.tasks: dict[str, Task] = {}
        self.outcomes: list[Outcome] = []
        self.clicks: dict[str, tuple[Click, Answer]] = {}
        self.intents: dict[str, str] = {}
        self.done: set[str] = set()
        self.patience: dict[str, int] = {}
        self.feed(Started(at=self.now))

    def feed(self, event: AnyEvent) -> Advance:
        after = lawful(self.process, self.state, event)
        self.state = after.state
        for task in after.record.tasks if after.record else ():
            known = self.tasks.get(task.id)
            assert known is None or (known.revision < task.revision and known.person == task.person)
            self.tasks[task.id] = task
        for command in after.commands:
            self._intend(command)
        return after

    def _intend(self, command: AnyCommand) -> None:
        """One key always means the same, and what was done elsewhere for good is not asked for again."""
        if not isinstance(command, Act):
            return
        intent = command.intent
        assert self.intents.setdefault(intent.key, intent.intent_hash) == intent.intent_hash, intent.key
        assert intent.document or command.node not in self.done, f"{command.key} was done for good before"
        assert command.key not in self.done, f"{command.key} was confirmed before"

    # Anything may happen

    def happen(self, chance: Chance) -> None:
        what, whom, how = chance
        self.now += timedelta(minutes=how % 50)
        ways: tuple[Callable[[int, int], None], ...] = (
            self._command_ends, self._command_ends, self._command_ends, self._command_ends, self._somebody_clicks,
            self._somebody_clicks, self._somebody_clicks, self._old_outcome, self._old_click, self._stranger_clicks,
            self._document_changes, self._administrator_acts, self._initiator_withdraws, self._word_comes,
            self._somebody_takes_back, self._initiator_revokes,
            self._called_process_ends,
        )  # fmt: skip
        pick(ways, what)(whom, how)

    def _command_ends(self, whom: int, how: int) -> None:
        kept = self.state.suspension.elapsed if self.state.suspension else ()
        pending = [command for key, command in self.state.pending.items() if key not in kept]
        if pending:
            self.answer(pick(pending, whom), how)

    def answer(self, command: AnyCommand, how: int) -> None:
        event = self._outcome(command, how)
        self.outcomes.append(event)
        before = self.state
        after = self.feed(event)
        assert after.state is not before, "an outcome that was waited for was passed over"
        again = lawful(self.process, self.state, event) if command.key not in self.state.pending else None
        assert again is None or again.state is self.state, "an outcome counted twice"

    def _outcome(self, command: AnyCommand, how: int) -> Outcome:
        key, at = command.key, self.now
        if how % 7 == 1:
            return Failed(at=at, key=key, reason="down")
        if isinstance(command, ReadDocument):
            return DocumentRead(at=at, key=key, document=self.document)
        if isinstance(command, Resolve):
            return Resolved(at=at, key=key, resolution=self._found(command, how))
        if isinstance(command, Evaluate):
            return Evaluated(at=at, key=key, evaluation=_evaluation(how))
        if isinstance(command, Act):
            return Acted(at=at, key=key, result=self._result(command, how))
        if isinstance(command, CallProcess):
            return CallBegun(at=at, key=key, instance=f"check:{key}", release="check@1")
        if isinstance(command, CallOff):
            return ToldOff(at=at, key=key)
        if isinstance(command, Reckon):
            reckoning = reckon(WorkingCalendar(), command.deadline, command.since)
            return Reckoned(at=at, key=key, reckoning=reckoning)
        self.now = max(self.now, command.until)
        return Elapsed(at=self.now, key=key)

    def _found(self, command: Resolve, how: int) -> Resolution:
        if how % 7 == 2:
            return Resolution()
        return resolve(
            command.who, owner=self.process.owner, initiator="li", organisation=OFFICE,
            variables={**self.state.variables, **command.item}, fallback=command.fallback,
            self_approval=command.self_approval,
            absences=AWAY if how % 3 == 0 else (), at=self.now, process="order",
        )  # fmt: skip

    def _result(self, command: Act, how: int) -> EffectResult:
        if how % 7 in {2, 3}:
            return EffectResult(status=EffectStatus.CONFLICT if how % 7 == 2 else EffectStatus.REJECTED, message="no")
        intent, state = command.intent, None
        if intent.document:
            state = LEADS_TO[intent.action]
            self.document = self.document.model_copy(update={"state": state})
        elif intent.action == "create" and not self.state.deeds[command.key].undo:
            self.done.add(str(command.node))
        self.done.add(command.key)
        return EffectResult(status=EffectStatus.CONFIRMED, ref="r", state=state)

    def _somebody_clicks(self, whom: int, how: int) -> None:
        able = self.able()
        if able:
            task = pick(able, whom)
            answer = self.click(task, pick(task.people, how // 2), pick(task.actions, how), form=task.form_hash)
            assert answer.verdict in {Verdict.ACCEPTED, Verdict.FORBIDDEN}, answer

    def able(self) -> list[Task]:
        return [task for task in self.tasks.values() if task.state is TaskState.OPEN and task.actions]

    def click(self, task: Task, actor: str, action: Action, form: str | None = None) -> Answer:
        self.serial += 1
        click = Click(
            id=f"click-{self.serial}", task=task.id, actor=actor, action=action, opinion="好",
            to=self._receiver(task, action), signers=self._signers(), target=self._target(action),
            confirmed=self.serial % 3 > 0, fields=self._filled(), form_hash=form, at=self.now,
        )  # fmt: skip
        answer = self.feed(Clicked(at=self.now, click=click)).answer
        assert answer is not None
        self.clicks[click.id] = click, answer
        return answer

    def _filled(self) -> dict[str, Any]:
        """Something else again and again, until everybody only does his part."""
        return {"quantity": 1 if self.finishing else self.serial % 3}

    def _receiver(self, task: Task, action: Action) -> str:
        """Anybody; who is removed is mostly somebody who was added."""
        added = [one.person for one in self.tasks.values() if one.node == task.node and one.state is TaskState.OPEN]
        return pick(added or ["a"], self.serial) if action is Action.REMOVE_SIGNER else pick("abcdefgh", self.serial)

    def _target(self, action: Action) -> str | None:
        """Somewhere that was passed, sooner or later; a rejection mostly has to leave it to the process."""
        if action is Action.REJECT and self.serial % 2:
            return None
        return pick(["initiator", *(node for node, _ in self.state.trail)], self.serial // 2)

    def _signers(self) -> Signers:
        first, many = self.serial % 8, 1 + self.serial % 3
        place = pick(["before", "after", "parallel"], self.serial // 2)
        return Signers.model_validate(
            {
                "place": place,
                "people": [pick("abcdefgh", first + n) for n in range(many)],
                "mode": pick(["all", "any", "sequence"], self.serial // 3),
                "advisory": place == "before" and self.serial % 5 == 0,
            }
        )

    def _called_process_ends(self, whom: int, how: int) -> None:
        """One that this instance called, sometimes before it is known to have begun, or once more."""
        if self.state.calls:
            self.end(
                pick(list(self.state.calls), whom), pick(["approved", "rejected", "passed", "called_off"], how), how
            )

    def end(self, key: str, outcome: str, how: int) -> None:
        instance = self.state.calls[key].instance or f"check:{key}"
        told = CallOver(key=key, instance=instance, outcome=outcome, failed=how % 5 == 1)
        self.feed(CallEnded(at=self.now, told=told))

    def _old_outcome(self, whom: int, _how: int) -> None:
        """An outcome arrives once more, late; unless it is waited for anew, it changes nothing."""
        if self.outcomes:
            event = pick(self.outcomes, whom)
            assert event.key in self.state.pending or lawful(self.process, self.state, event).state is self.state

    def _old_click(self, whom: int, _how: int) -> None:
        """A click arrives once more: it is told what it was told, and changes nothing."""
        if self.clicks:
            click, first = pick(list(self.clicks.values()), whom)
            after = lawful(self.process, self.state, Clicked(at=self.now, click=click))
            assert after.state is self.state
            assert after.answer is not None
            assert (after.answer.verdict, after.answer.first) == (Verdict.DUPLICATE, first.first or first.verdict)

    def _stranger_clicks(self, whom: int, how: int) -> None:
        """Somebody presses what is not his, is over, or shows an old form: nothing of the business changes."""
        tasks = list(self.tasks.values())
        if not tasks:
            return
        task, before = pick(tasks, whom), self.state
        is_over = task.state in {TaskState.DONE, TaskState.CANCELLED} and not task.actions
        actor = "nobody" if how % 2 or not is_over else task.person
        answer = self.click(task, actor, pick(list(Action), how), form=pick([None, "0" * 16, task.form_hash], how))
        assert answer.verdict is not Verdict.ACCEPTED
        same = {"revision", "answers"}
        assert self.state.model_dump(exclude=same) == before.model_dump(exclude=same)

    def _document_changes(self, whom: int, how: int) -> None:
        states = [*["submitted"] * 20, *["returned"] * 6, "draft", "approved", "rejected", "printed"]
        fields: list[dict[str, Any]] = [
            {"amount": "100"}, {"amount": "900"}, {"colour": "red"}, {"due": "soon"},
            {"lines": []}, {"lines": [*LINES[1:], {"sku": "C", "quantity": 9}]}, {"lines": [*LINES, *LINES]},
        ]  # fmt: skip
        changed = {"state": pick(states, whom), "data": {**self.document.data, **pick(fields, how)}}
        self.document = self.document.model_copy(update=changed)
        self._word_comes(whom, how)

    def _word_comes(self, _whom: int, how: int) -> None:
        self.serial += how % 2
        self.feed(Heard(at=self.now, news=ErpNews(event_id=f"news-{self.serial}", mode="updated")))

    def _administrator_acts(self, whom: int, how: int) -> None:
        if how % 5 == 0 and self.tasks:
            self.administer("reassign", task=pick(list(self.tasks), whom), to=pick("abcdef", how))
        elif how % 40 == 1:
            self.administer("withdraw")
        elif how % 5 == 1:
            nodes = [node.id for _, node in self.process.walk()]
            self.administer("jump", node=pick(nodes, whom), confirmed=how % 3 > 0)
        elif how % 5 == 2:
            self.administer(pick(["suspend", "resume"], whom))
        elif how % 40 == 3:
            self.administer("terminate")
        elif how % 10 == 3 and self.state.deeds:
            deed = pick(list(self.state.deeds.values()), whom)
            self.administer(pick(["compensate", "retry_effect", "skip_effect"], how), effect=deed.intent.key)
        elif how % 5 == 3 and self.tasks:
            self.administer("stand_in", task=pick(list(self.tasks), whom), to=pick([None, *"gh", "li"], how // 5))
        else:
            self.administer(pick(["nudge", "event"], how), event=pick(["delivered", "paid"], whom))

    def administer(self, act: ActName, **said: Any) -> None:
        self.serial += 1
        order = AdminAct(id=f"act-{self.serial}", act=act, by="admin", reason="r", **said)
        first = self.feed(Administered(at=self.now, act=order))
        again = lawful(self.process, self.state, Administered(at=self.now, act=order))
        assert (again.state is self.state, first.answer is not None) == (True, True)

    def _initiator_withdraws(self, _whom: int, how: int) -> None:
        if how % 16 == 0:
            self.serial += 1
            click = Click(id=f"w-{self.serial}", task="order:1", actor="li", action=Action.WITHDRAW, at=self.now)
            self.feed(Clicked(at=self.now, click=click))

    def _initiator_revokes(self, _whom: int, how: int) -> None:
        self.serial += 1
        click = Click(
            id=f"r-{self.serial}", task="order:1", actor="li", action=Action.REVOKE, confirmed=how % 3 > 0, at=self.now
        )
        over, waited_for = self.state.over, ending.REVOCABLE in self.state.pending
        answer = self.feed(Clicked(at=self.now, click=click)).answer
        assert answer is not None
        assert answer.verdict is not Verdict.ACCEPTED or (over and waited_for)

    def _somebody_takes_back(self, whom: int, _how: int) -> None:
        able = [task for task in self.tasks.values() if Action.TAKE_BACK in task.actions]
        if able:
            task = pick(able, whom)
            answer = self.click(task, task.person, Action.TAKE_BACK)
            assert answer.verdict is Verdict.ACCEPTED, answer

    # Everybody does his part

    def finish(self) -> None:
        """All outcomes arrive, all people answer, the document says what conditions ask for: the end is reached."""
        self.finishing = True
        data = {**self.document.data, "colour": "red", "amount": "100", "lines": LINES}
        self.document = self.document.model_copy(update={"data": data})
        self.serial += 1
        self.feed(Heard(at=self.now, news=ErpNews(event_id=f"mended-{self.serial}", mode="updated")))
        self.go_on(LONG_ENOUGH)
        assert self.state.over, "the instance never comes to an end"
        self._nothing_is_left_half_done()

    def go_on(self, times: int) -> None:
        """So often, or to the end, somebody does his part."""
        for _ in range(times):
            if not self.state.over:
                self._go_on()

    def _go_on(self) -> None:
        able = self.able()
        # people do their part before their time is over
        due = [one for one in self.state.pending.values() if not (isinstance(one, Sleep) and deadlines.owns(one))]
        called = [key for key, call in self.state.calls.items() if call.waits and call.status != "over"]
        if self.state.suspended:
            self.administer("resume")
        elif due:
            self.answer(due[0], how=0)
        elif called:
            self.end(called[0], "approved", how=0)
        elif able:
            answer = self.click(able[0], able[0].person, self._favourable(able[0]), form=able[0].form_hash)
            assert answer.verdict is Verdict.ACCEPTED
        elif self.state.troubles:
            self.administer("nudge")
        else:
            self.administer("event", event=pick(["delivered", "paid"], self.serial))

    def _favourable(self, task: Task) -> Action:
        """What brings it on; what has failed twice is gone on without, where that is allowed."""
        if task.kind is not TaskKind.EXCEPTION:
            return next(action for action in FAVOURABLE if action in task.actions)
        tried = self.patience[task.node] = self.patience.get(task.node, 0) + 1
        return Action.SKIP if tried > 1 and Action.SKIP in task.actions else Action.RETRY

    def _nothing_is_left_half_done(self) -> None:
        """A process that turned back has undone what it could."""
        assert not [task for task in self.tasks.values() if task.state is TaskState.OPEN]
        if self.state.outcome in {"rejected", "withdrawn", "decided_elsewhere", "revoked"}:
            deeds = self.state.deeds.values()
            assert not [deed for deed in deeds if deed.undo and deed.status is EffectStatus.CONFIRMED]


def _evaluation(how: int) -> Evaluation:
    status = pick([Status.OK, Status.OK, Status.NO_MATCH, Status.CONFLICT, Status.INPUT_ERROR], how)
    return Evaluation(status=status, table="t", sha256="0" * 64, outcome={"approver": {"person": "f"}})


def pick(choices: Sequence[_T], number: int) -> _T:
    return choices[number % len(choices)]
