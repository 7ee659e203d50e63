"""Deadlines and durations in working time. Nothing here asks the clock.

Moments come in aware, in any time zone, and go out in UTC; a naive one is a ValueError. Hours are what clocks in the
calendar's time zone show: a span lasts from the first moment they show its beginning, or something later, to the first
moment they show its end, or something later. So work in a night on which the clocks change is longer or shorter.

What the public holidays are depends on the release of a library. Ask in an activity, whose answer is recorded, never in
a workflow.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from chinese_calendar import Holiday, holidays, workdays  # type: ignore[import-untyped] # it has no types; read here alone

from postroad.model.base import Fact
from postroad.model.calendar import WEEKDAYS, Span, WorkingCalendar, span, working
from postroad.model.duration import duration
from postroad.model.label import Label

_PUBLIC_HOLIDAYS: frozenset[date] = frozenset(holidays)
_MAKE_UP_DAYS: frozenset[date] = frozenset(workdays)
_DAY = timedelta(days=1)
LOOK_AHEAD = 36_600
"""Days, a century: whatever is not due by then never will be."""


def due(calendar: WorkingCalendar, start: datetime, after: str) -> datetime:
    """When something that begins at `start` is due, in UTC.

    - `90s`, `30m`, `8h`, `2d`: that much later by the clock, whether anybody works or not.
    - `4wh`: as soon as four hours were worked since `start`; this may be the very moment work ends for the day.
    - `2wd`: the clock starts at the next working moment (`start` itself, if it is one). Due two working days after that
      day, at the same time of the day if that is working time, otherwise at the next working moment after it. So what
      comes in on a Saturday is due by `1wd` when work begins on Tuesday: people have all of Monday.
    - `0wh`, `0wd`: the next working moment.

    A later start or a longer duration of the same unit is never due earlier.
    Raises ValueError for text that is no duration, a naive start, or a calendar with too little work in it.
    """
    begun, lasting = _utc(start), working(after)
    if lasting is None:
        return begun + duration(after)
    if not lasting.amount:
        return next_working(calendar, begun)
    if lasting.unit == "wd":
        return _days_later(calendar, begun, lasting.amount)
    return _hours_later(calendar, begun, timedelta(hours=lasting.amount))


def working_time(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """How much is worked from `start` until `end`; zero if `end` is not the later one."""
    begun, ended, worked = _utc(start), _utc(end), timedelta()
    if ended <= begun:
        return worked
    for stretch in _stretches(calendar, begun):
        if stretch.opens >= ended:
            break
        worked += min(stretch.closes, ended) - max(stretch.opens, begun)
    return worked


def is_working(calendar: WorkingCalendar, at: datetime) -> bool:
    """Whether people work at that moment; they do when work begins, and no longer at the moment it ends."""
    moment = _utc(at)
    return next_working(calendar, moment) == moment


def next_working(calendar: WorkingCalendar, at: datetime) -> datetime:
    """The first working moment from `at` on, in UTC: `at` itself, or when work begins the next time."""
    moment = _utc(at)
    return max(moment, next(_stretches(calendar, moment)).opens)


def announced(calendar: WorkingCalendar, year: int) -> bool:
    """Whether the public holidays and make-up days of a year are known; always, for a calendar without a region.

    The State Council announces a year late in the one before, now and then moving its last days too. Until a release of
    the library brings the year, the calendar takes it for plain weekdays and the company's own days; say so to people.
    """
    return calendar.region is None or date(year, 10, 1) in _PUBLIC_HOLIDAYS  # no year is without its National Day


Because = Literal["weekday", "weekend", "holiday", "make_up", "own_off", "own_on"]
"""Why a day is worked or not: as usual, by the State Council, or by the company's own word."""


class Day(Fact):
    """What a day is and why; `hours` are those worked, none on a day off; `feast` is its public holiday."""

    date: date
    hours: tuple[str, ...]
    because: Because
    feast: Label | None = None


def days(calendar: WorkingCalendar, year: int) -> list[Day]:
    """Every day of a year."""
    first, length = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return [_day(calendar, first + number * _DAY) for number in range(length)]


def _day(calendar: WorkingCalendar, day: date) -> Day:
    hours = () if not _hours(calendar, day) else calendar.on.get(day) or calendar.hours
    feast = (holidays.get(day) or workdays.get(day)) if calendar.region else None
    named = Label(zh=Holiday(feast).chinese, en=feast) if feast else None
    return Day(date=day, hours=hours, because=_reason(calendar, day), feast=named)


def _reason(calendar: WorkingCalendar, day: date) -> Because:
    if day in calendar.off:
        return "own_off"
    if day in calendar.on:
        return "own_on"
    if calendar.region and day in _PUBLIC_HOLIDAYS:
        return "holiday"
    if WEEKDAYS[day.weekday()] in calendar.weekdays:
        return "weekday"
    return "make_up" if calendar.region and day in _MAKE_UP_DAYS else "weekend"


class _Stretch(NamedTuple):
    """Work without a break, on the hours of `day`; the moments are UTC."""

    day: date
    opens: datetime
    closes: datetime


def _hours_later(calendar: WorkingCalendar, start: datetime, left: timedelta) -> datetime:
    stretches = _stretches(calendar, start)
    stretch = next(stretches)
    while (room := stretch.closes - max(stretch.opens, start)) < left:
        left -= room
        stretch = next(stretches)
    return max(stretch.opens, start) + left


def _days_later(calendar: WorkingCalendar, start: datetime, count: int) -> datetime:
    first = next(_stretches(calendar, start))
    time_of_day = _shown(max(first.opens, start), calendar.zone) - _midnight(first.day)
    day = next(islice(_working_days(calendar, first.day + _DAY), count - 1, None))
    return next_working(calendar, _first_showing(_midnight(day) + time_of_day, calendar.zone))


def _stretches(calendar: WorkingCalendar, since: datetime) -> Iterator[_Stretch]:
    """The stretches of work that end after `since`, in order, without end. Raises ValueError if none comes any more."""
    zone = calendar.zone
    for day in _working_days(calendar, since.astimezone(zone).date()):
        for opens, closes in _hours(calendar, day):
            stretch = _Stretch(
                day, _first_showing(_midnight(day) + opens, zone), _first_showing(_midnight(day) + closes, zone)
            )
            if stretch.closes > max(stretch.opens, since):
                yield stretch


def _working_days(calendar: WorkingCalendar, first: date) -> Iterator[date]:
    yield from (day for day in (first + number * _DAY for number in range(LOOK_AHEAD)) if _hours(calendar, day))
    raise ValueError(
        f"从 {first} 起一百年内工作时间不够 / there is too little working time in the century from {first} on"
    )


def _hours(calendar: WorkingCalendar, day: date) -> tuple[Span, ...]:
    if day in calendar.off or not (day in calendar.on or _is_usual(calendar, day)):
        return ()
    return tuple(span(text) for text in calendar.on.get(day) or calendar.hours)


def _is_usual(calendar: WorkingCalendar, day: date) -> bool:
    """Whether people work that day if the company says nothing of it."""
    if calendar.region and day in _PUBLIC_HOLIDAYS:
        return False
    return WEEKDAYS[day.weekday()] in calendar.weekdays or bool(calendar.region and day in _MAKE_UP_DAYS)


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"时刻 {moment} 没有时区 / the moment {moment} has no time zone")
    return moment.astimezone(UTC)


def _midnight(day: date) -> datetime:
    """What a clock on the wall shows when the day begins; naive, as such clocks are."""
    return datetime.combine(day, datetime.min.time())


def _first_showing(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, at which clocks show `wall` or, if they skip it, something later."""
    one, other = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return one if one <= other else _change(zone, other, one)


def _shown(moment: datetime, zone: ZoneInfo) -> datetime:
    """What clocks show; in an hour they show for the second time, what they would show had they not gone back yet."""
    local = moment.astimezone(zone)
    if local.fold:
        first = local.replace(fold=0).astimezone(UTC)
        return local.replace(tzinfo=None) + (_change(zone, first, moment) - first)
    return local.replace(tzinfo=None)


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The moment between two at which the clocks change; changes come at whole seconds."""
    seconds = range(int(before.timestamp()), int(after.timestamp()) + 1)
    offset = before.astimezone(zone).utcoffset()
    changed = bisect_left(seconds, True, key=lambda at: datetime.fromtimestamp(at, zone).utcoffset() != offset)
    return datetime.fromtimestamp(seconds[changed], UTC)
