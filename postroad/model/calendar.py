"""When a company works, as its administrators write it down, and durations counted in working time.

Floor 1 reckons with it, in `postroad/directory/calendar.py`.
"""

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from postroad.model.base import Fact

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2}) ?[-–] ?([0-9]{1,2}):([0-9]{2})")
_WORKING = re.compile(r"([0-9]{1,9})(wh|wd)")
_MIDNIGHT = timedelta(days=1)
MOST = {"wh": 20_000, "wd": 2_500}
"""About ten years of ordinary work; a longer deadline is a mistake."""


class Span(NamedTuple):
    """From when to when, on the clock of the wall, counted from local midnight; `closes` is no longer within."""

    opens: timedelta
    closes: timedelta


def span(text: str) -> Span:
    """`09:00-12:00` in hours and minutes; `24:00` is the end of the day. Raises ValueError for anything else."""
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"工作时间应写作 09:00-12:00 / working hours are written 09:00-12:00, not {text!r}")
    opens, closes = _clock(match[1], match[2]), _clock(match[3], match[4])
    if opens >= closes or closes > _MIDNIGHT:
        raise ValueError(
            f"工作时间 {text} 应在同一天内先起后止，跨夜请分成两段 / "
            f"the working hours {text} should begin before they end, on one day; write a night as two spans"
        )
    return Span(opens, closes)


def _clock(hours: str, minutes: str) -> timedelta:
    if int(minutes) > 59:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(f"没有 {hours}:{minutes} 这个时刻 / there is no such time as {hours}:{minutes}")
    return timedelta(hours=int(hours), minutes=int(minutes))


class Working(NamedTuple):
    """A duration in working hours (`wh`) or working days (`wd`)."""

    amount: int
    unit: Literal["wh", "wd"]


def working(text: str) -> Working | None:
    """`4wh` (working hours) or `2wd` (working days); None for other text, such as the clock time of `duration`.

    Raises ValueError for more than 20000 working hours or 2500 working days.
    """
    match = _WORKING.fullmatch(text.strip())
    if match is None:
        return None
    amount, unit = int(match[1]), match[2]
    if amount > MOST[unit]:
        raise ValueError(f"时长 {text} 超过 {MOST[unit]}{unit} / the duration {text} is more than {MOST[unit]}{unit}")
    return Working(amount, "wh" if unit == "wh" else "wd")


def _in_order(hours: tuple[str, ...]) -> tuple[str, ...]:
    if not hours:
        raise ValueError("工作时间不能为空 / working hours need at least one span")
    for earlier, later in pairwise(hours):
        if span(later).opens < span(earlier).closes:
            raise ValueError(
                f"工作时间 {earlier} 与 {later} 重叠或次序颠倒 / the working hours {earlier} and {later} overlap "
                "or are out of order"
            )
    return hours


def _is_span(text: str) -> str:
    span(text)
    return text


def _known(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:  # what zoneinfo raises for an unknown name, a path, a folder
        raise ValueError(
            f"没有时区 {zone!r}，请写如 Asia/Shanghai / there is no time zone {zone!r}; write one such as Asia/Shanghai"
        ) from error
    return zone


def _by_day(given: Any) -> Any:
    """A list of days is a mapping of days without hours of their own."""
    return {str(day): None for day in given} if isinstance(given, list | tuple) else given


TimeZone = Annotated[str, AfterValidator(_known)]
Hours = Annotated[tuple[Annotated[str, AfterValidator(_is_span)], ...], AfterValidator(_in_order)]
OpenDays = Annotated[
    dict[date, Hours | None],
    BeforeValidator(_by_day, json_schema_input_type=list[date] | dict[date, Hours | None]),
]


class WorkingCalendar(Fact):
    """When a company works: `hours` on its `weekdays` by the clocks of `time_zone`, an IANA name.

    `region` is whose public holidays and make-up working days (调休) hold; None for none. The company's own days come
    before those and before the weekday: on `off` days nobody works, on `on` days everybody does, in hours of their own
    if the day has some, so that a short day before a feast is an `on` day too:
    `on: [2026-02-28]` or `on: {2026-02-28: null, 2026-02-14: ["09:00-12:00"]}`.
    """

    time_zone: TimeZone = "Asia/Shanghai"
    hours: Hours = ("09:00-12:00", "13:30-18:00")
    weekdays: tuple[Weekday, ...] = Field(default=("mon", "tue", "wed", "thu", "fri"), min_length=1)
    region: Literal["CN"] | None = "CN"
    off: tuple[date, ...] = ()
    on: OpenDays = {}

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @model_validator(mode="after")
    def says_one_thing_of_a_day(self) -> "WorkingCalendar":
        both = sorted(set(self.off) & set(self.on))
        if both:
            listed = ", ".join(day.isoformat() for day in both)
            raise ValueError(f"同一天不能既上班又休息：{listed} / a day is a day on or a day off, not both: {listed}")
        return self
