"""Cases of running instances and new releases, as a person writes them in `moves/*.yaml`, and how they are played."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import Field

from postroad.files import load_yaml
from postroad.model.base import Fact
from postroad.model.decision import Action
from postroad.model.move import Considered, Destination, Edition, Fitness, MoveOrder, Renames
from postroad.model.process import Wait
from postroad.model.table import Status
from postroad.model.task import TaskState
from postroad.process import calls
from postroad.process.advance import Advance
from postroad.process.commands import CallProcess, Sleep
from postroad.process.move import consider, move
from tests.process.laws import settled
from tests.process.staging import Instance, definition

MOVES = Path(__file__).parent / "moves"
GOOD = (Action.APPROVE, Action.COMPLETE, Action.RESUBMIT, Action.ADVISE, Action.CLAIM, Action.RETRY)
LONG_ENOUGH = 60
Steps = list[dict[str, Any]]


class Expected(Fact):
    """`reasons` and `changes` are all of their codes, each with its node: `gone a`; left out, they are not compared."""

    verdict: Fitness
    reasons: tuple[str, ...] = ()
    changes: tuple[str, ...] | None = None


class MoveCase(Fact):
    """`acts`: `a approve`, `confirm write/1`, `refuse write/1`, `after 2h`, `event paid`, `set amount 9`, and of called
    processes `begun check/1`, `unwanted check/1` (it has been told) and `ended check/1 passed`.

    `settings` and `new_settings` are the process's beside its steps, `document` fields of the document. `then` is who
    is asked once the instance has moved (`node:person`), `done` which effects it asked for from then to its end.
    """

    name: str
    old: Steps
    new: Steps
    settings: dict[str, Any] = {}
    new_settings: dict[str, Any] = {}
    tables: dict[str, str] = {}
    new_tables: dict[str, str] = {}
    rules: dict[str, Any] = {}
    document: dict[str, Any] = {}
    acts: tuple[str, ...] = ()
    mapping: Renames = {}
    expect: Expected
    then: tuple[str, ...] | None = None
    done: tuple[str, ...] | None = None
    outcome: str = "approved"

    @property
    def before(self) -> Edition:
        return Edition(release="order@1", process=definition(*self.old, **self.settings), tables=self.tables)

    @property
    def after(self) -> Edition:
        settings = {**self.settings, **self.new_settings}
        return Edition(release="order@2", process=definition(*self.new, **settings), tables=self.new_tables)


class MoveFile(Fact):
    cases: tuple[MoveCase, ...] = Field(min_length=1)


def cases() -> dict[str, MoveCase]:
    files = {path.stem: MoveFile.model_validate(load_yaml(path)) for path in sorted(MOVES.glob("*.yaml"))}
    return {f"{stem}: {case.name}": case for stem, file in files.items() for case in file.cases}


class Mover(Instance):
    """An instance that may be moved to another release."""

    def __init__(self, release: Edition, **more: Any) -> None:
        self.release = release
        super().__init__(release.process, **more)

    def consider(self, to: Edition, mapping: Renames | None = None) -> Considered:
        return consider(self.release, to, self.state, mapping or {})

    def move(self, to: Edition, mapping: Renames | None = None, order: str = "move-1") -> Advance:
        result = move(self.release, to, self.state, move_order(to, mapping, order), self.now)
        if result.state is not self.state:
            self.release, self.process = to, to.process
            self.take(result)
            settled(self.process, self.state)
        return result

    def do(self, act: str) -> None:
        who, what, *rest = act.split()
        if who == "confirm":
            self.confirm(what)
        elif who == "refuse":
            self.refuse(what)
        elif who == "begun":
            self.begun(what)
        elif who == "unwanted":
            self.told_off(f"{what}:off")
        elif who == "ended":
            self.ended(what, *rest)
        elif who == "after":
            self.let_pass(what)
        elif who == "event":
            self.admin("event", event=what)
        elif who == "set":
            self.change(**{what: rest[0]})
        elif what == "withdraw":
            self.withdraw(who)
        else:
            said = {"to" if what in {"transfer", "delegate"} else "quantity": one for one in rest}
            self.click(who, what, opinion="好", **said)

    def finish(self) -> None:
        """All effects are confirmed, all people do their part, time passes, events come: the end is reached."""
        for _ in range(LONG_ENOUGH):
            if self.state.over:
                return
            self._go_on()
        raise AssertionError(f"it does not come to an end: {self.asked} {self.state.runs}")

    def _go_on(self) -> None:
        able = [task for task in self.tasks.values() if task.state is TaskState.OPEN]
        if self.effects:
            self.confirm()
        elif called := self._called():
            called()
        elif able:
            task = able[0]
            action = next(one for one in GOOD if one in task.actions)
            self.click(task.person, action, task=task.id, opinion="好", quantity="5")
        elif any(isinstance(command, Sleep) for command in self.state.pending.values()):
            self.let_pass("400d")
        else:
            waits = [node for node in map(self.process.node, self.state.runs) if isinstance(node, Wait)]
            self.admin("event", event=waits[0].event)

    def _called(self) -> Callable[[], None] | None:
        """The next thing to hear of a called process, if there is one."""
        asked = next((key for key, command in self.state.pending.items() if isinstance(command, CallProcess)), None)
        if asked is not None:
            return lambda: self.begun(asked)
        said = next((call.instance for call in calls.waited_for(self.state) if call.instance), None)
        return (lambda: self.ended(said.removeprefix("called:"), "approved")) if said else None


def edition(number: int, *steps: dict[str, Any]) -> Edition:
    return Edition(release=f"order@{number}", process=definition(*steps))


def played(case: MoveCase) -> Mover:
    """The instance of a case as it stands when the move is considered."""
    rules = {table: Status(said) if isinstance(said, str) else said for table, said in case.rules.items()}
    mover = Mover(case.before, rules=rules, **case.document)
    for act in case.acts:
        mover.do(act)
    return mover


def move_order(to: Edition, mapping: Renames | None = None, order: str = "move-1") -> MoveOrder:
    told = Destination(
        release=to.release,
        process=to.process.model_dump(mode="json"),
        tables=to.tables,
        mapping=mapping or {},
    )
    return MoveOrder(id=order, by="admin", reason="流程改版", to=told)


def codes(considered: Considered) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The reasons and the changes, each as its code and its node."""
    reasons = tuple(f"{one.code} {one.node or ''}".strip() for one in considered.reasons)
    return reasons, tuple(f"{one.code} {one.node or ''}".strip() for one in considered.changes)
