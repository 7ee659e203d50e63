"""When the rungs of a deadline come, on a calendar. As that calendar, ask in an activity and never in a workflow."""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta

from postroad.directory.calendar import due
from postroad.model.calendar import WorkingCalendar
from postroad.model.deadline import Call, Deadline, Reckoning


def reckon(calendar: WorkingCalendar, deadline: Deadline, since: datetime) -> Reckoning:
    """Each rung comes its time after the one before; the warning, at the last moment that leaves people its time.

    Where the last rung comes sooner than that, the warning comes with the one before it, or at once.
    Raises ValueError for a naive moment, or a calendar with too little work in it.
    """
    calls: list[Call] = []
    before = since.astimezone(UTC)
    for number, wait in enumerate(deadline.waits):
        at = due(calendar, before, wait)
        if deadline.decides and number == len(deadline.ladder) - 1:
            calls.append(Call(at=_latest(calendar, before, at, deadline.warned), rung=None))
        calls.append(Call(at=at, rung=number))
        before = at
    return Reckoning(due=due(calendar, since, deadline.read(deadline.after)), calls=tuple(calls))


def _latest(calendar: WorkingCalendar, earliest: datetime, at: datetime, before: str) -> datetime:
    """The last moment, to the second, from which `before` is over at `at`; `earliest` if there is none after it."""
    seconds = range(int((at - earliest).total_seconds()) + 1)
    fitting = bisect_right(seconds, at, key=lambda second: due(calendar, earliest + timedelta(seconds=second), before))
    return earliest + timedelta(seconds=max(fitting - 1, 0))
