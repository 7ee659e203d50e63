"""Chooses somebody and counts the task in that person's load, in one transaction, once for each task.

Were the two done one after the other, everybody who chooses meanwhile would choose the same idle person. On PostgreSQL
only the row of the chosen one is locked. Whoever is just being given another task is not waited for, but counted as if
he had it already: mostly somebody else is then the better choice. If he still is, or people keep changing, everybody is
locked, in order. SQLite has one writer at a time.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from postroad.directory.choose import choose
from postroad.model.assignment import Choice, Load, Shortlist, Trace
from postroad.model.refusals import Unavailable
from postroad.store.assignments import Assignments
from postroad.store.database import Database
from postroad.store.loads import Change, Loads
from postroad.store.reserved import AssignmentRow

_LOOKS = 8
"""How often a choice is made anew because somebody was faster, before everybody is locked."""


@dataclass(frozen=True)
class Wanted:
    """A task that needs somebody: `at` is the aware moment; `same` is what `sticky` goes by, with where it counts."""

    task: str
    shortlist: Shortlist
    at: datetime
    same: str | None = None


async def reserve(database: Database, wanted: Wanted) -> Trace:
    """The choice for this task, with its person's load counted; the first one, however often it is asked for.

    Where nobody is chosen nothing is kept. Raises Unavailable if others were faster every time.
    """
    for patiently in (False, False, True, True):
        async with database.begin() as session:
            reservation = _Reservation(session, wanted)
            trace = await reservation.made(patiently=patiently)
        if trace is not None:
            return trace
        if reservation.strangers:
            async with database.begin() as session:
                await Loads(session).begin(reservation.strangers)
    raise Unavailable(
        f"任务 {wanted.task} 暂时无法分派", f"the task {wanted.task} cannot be given to anybody right now"
    )


class _Reservation:
    """`strangers` never had anything to do: they need rows first, in a transaction of its own, since others wait."""

    def __init__(self, session: AsyncSession, wanted: Wanted) -> None:
        self._wanted, self._short = wanted, wanted.shortlist
        self._loads, self._assignments = Loads(session), Assignments(session)
        self.strangers: set[str] = set()

    async def made(self, *, patiently: bool) -> Trace | None:
        """The choice, also the one made before; None when others were faster."""
        same = self._wanted.same
        before = await self._assignments.before(same, self._wanted.task) if same else None
        alone = patiently or not self._loads.waits
        loads = await (self._loads.locked if patiently else self._loads.of)(self._short.doers)
        self.strangers = set() if alone else self._short.doers - loads.keys()
        if self.strangers:
            return None
        for _ in range(1 if alone else _LOOKS):
            choice = choose(self._short, loads, before)
            doer = _doer(choice)
            if alone or doer is None:
                return await self._kept(choice, loads, before)
            now = await self._loads.locked_at_once(doer)
            if now is None and loads[doer].assumed:
                return None
            if now == loads[doer]:
                return await self._kept(choice, loads, before)
            loads[doer] = now or self._with_one_more(loads[doer])
        return None

    def _with_one_more(self, load: Load) -> Load:
        return Load(
            tasks=load.tasks + 1, minutes=load.minutes + self._short.minutes, last_at=self._wanted.at, assumed=True
        )

    async def _kept(self, choice: Choice, loads: dict[str, Load], before: str | None) -> Trace | None:
        trace, doer = Trace(shortlist=self._short, loads=loads, before=before, choice=choice), _doer(choice)
        if not choice.people:
            return await self._made_before() or trace
        row = AssignmentRow(
            task=self._wanted.task,
            doer=doer or "",
            minutes=self._short.minutes,
            reserved=doer is not None,
            same=self._wanted.same,
            at=self._wanted.at,
            trace=trace.model_dump_json(),
        )
        if not await self._assignments.keep(row):  # asked for before: rarely, so it is not looked for first
            return await self._made_before()
        if doer is not None:
            await self._loads.change({doer: Change(1, self._short.minutes, self._wanted.at)})
        return trace

    async def _made_before(self) -> Trace | None:
        kept = await self._assignments.find(self._wanted.task)
        return kept.trace if kept else None


def _doer(choice: Choice) -> str | None:
    """Whose load it is; nobody's where several are asked."""
    return choice.people[0].doer if len(choice.people) == 1 and choice.step != "queue" else None
