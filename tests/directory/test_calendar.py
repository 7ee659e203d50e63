"""What a deadline in working time means, and that it is the same as counting minutes."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from postroad.directory.calendar import announced, due, is_working, next_working, working_time
from postroad.files import FileRefused, load_yaml, read_model
from postroad.model.calendar import WEEKDAYS, WorkingCalendar, working

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
OFFICE = WorkingCalendar()
HAMBURG = WorkingCalendar(time_zone="Europe/Berlin", region=None, hours=("09:00-17:00",))
NIGHT_SHIFT = WorkingCalendar(
    time_zone="Europe/Berlin", region=None, hours=("00:00-06:00", "22:00-24:00"), weekdays=WEEKDAYS
)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def _at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def _due(start: str, after: str, calendar: WorkingCalendar = OFFICE) -> str:
    """When it is due by the clock on the wall."""
    return f"{due(calendar, _at(start, calendar.zone), after).astimezone(calendar.zone):%Y-%m-%d %H:%M}"


# What the State Council announced for 2025 and 2026: days off from … to …, and the weekend days worked instead.
_OFF = (
    *("2025-01-01/01", "2025-01-28/31", "2025-02-01/04", "2025-04-04/06", "2025-05-01/05", "2025-05-31/31"),
    *("2025-06-01/02", "2025-10-01/08", "2026-01-01/03", "2026-02-15/23", "2026-04-04/06", "2026-05-01/05"),
    *("2026-06-19/21", "2026-09-25/27", "2026-10-01/07"),
)
_MADE_UP = (
    *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28"),
    *("2026-05-09", "2026-09-20", "2026-10-10"),
)
MADE_UP = {date.fromisoformat(day) for day in _MADE_UP}
OFF = {
    date.fromisoformat(run[:10]).replace(day=day) for run in _OFF for day in range(int(run[8:10]), int(run[11:]) + 1)
}


@pytest.mark.parametrize("year", [2025, 2026])
def test_people_work_on_exactly_the_days_the_state_council_says(year: int) -> None:
    days = [date(year, 1, 1) + number * DAY for number in range(365)]

    worked = {day for day in days if is_working(OFFICE, datetime.combine(day, time(11), SHANGHAI))}

    assert worked == {day for day in days if day in MADE_UP or (day.weekday() < 5 and day not in OFF)}


@pytest.mark.parametrize(
    ("start", "after", "expected"),
    [
        ("2026-03-02 09:00", "4wh", "2026-03-02 14:30"),  # an hour and a half of lunch does not count
        ("2026-03-02 09:00", "3wh", "2026-03-02 12:00"),  # the very moment lunch begins
        ("2026-03-02 17:00", "2wh", "2026-03-03 10:00"),
        ("2026-03-06 17:00", "2wh", "2026-03-09 10:00"),  # over the weekend
        ("2026-03-07 10:00", "2wh", "2026-03-09 11:00"),  # came in on a Saturday
        ("2025-09-30 17:00", "4wh", "2025-10-09 12:00"),  # over National Day
        ("2025-10-10 17:00", "4wh", "2025-10-11 12:00"),  # the Saturday worked instead
        ("2026-02-14 16:00", "8wh", "2026-02-24 16:30"),  # over Spring Festival, from a Saturday worked
        ("2026-02-27 18:00", "7wh", "2026-02-28 17:30"),
    ],
)
def test_working_hours_pass_only_while_people_work(start: str, after: str, expected: str) -> None:
    assert _due(start, after) == expected


@pytest.mark.parametrize(
    ("start", "after", "expected"),
    [
        ("2026-03-02 10:15", "2wd", "2026-03-04 10:15"),
        ("2026-03-06 17:00", "1wd", "2026-03-09 17:00"),  # Friday afternoon: Monday afternoon
        ("2026-03-06 20:00", "1wd", "2026-03-10 09:00"),  # Friday evening: people have all of Monday
        ("2026-03-07 10:00", "1wd", "2026-03-10 09:00"),  # and so on Saturday
        ("2026-03-02 07:00", "1wd", "2026-03-03 09:00"),  # before work begins
        ("2026-03-02 12:30", "1wd", "2026-03-03 13:30"),  # in the lunch break
        ("2026-03-02 18:00", "1wd", "2026-03-04 09:00"),  # at the moment work ends, the day is over
        ("2025-09-30 17:00", "1wd", "2025-10-09 17:00"),  # over National Day
        ("2025-09-30 17:00", "3wd", "2025-10-11 17:00"),  # the Saturday worked instead is a working day
        ("2026-02-13 16:00", "1wd", "2026-02-14 16:00"),
        ("2026-02-13 16:00", "2wd", "2026-02-24 16:00"),  # over Spring Festival
    ],
)
def test_working_days_end_at_the_same_time_of_a_later_working_day(start: str, after: str, expected: str) -> None:
    assert _due(start, after) == expected


@pytest.mark.parametrize("after", ["0wh", "0wd"])
def test_no_working_time_at_all_is_the_next_working_moment(after: str) -> None:
    assert _due("2026-03-02 10:15", after) == "2026-03-02 10:15"
    assert _due("2026-02-14 18:00", after) == "2026-02-24 09:00"


def test_clock_time_runs_whether_anybody_works_or_not() -> None:
    assert _due("2025-09-30 17:00", "2d") == "2025-10-02 17:00"
    assert _due("2025-09-30 17:00", "90s") == "2025-09-30 17:01"


def test_answers_are_in_utc_whatever_the_zone_of_the_question() -> None:
    asked = [due(OFFICE, moment, "1wh") for moment in (_at("2026-03-02 09:00"), datetime(2026, 3, 2, 1, tzinfo=UTC))]

    assert asked == [datetime(2026, 3, 2, 2, tzinfo=UTC)] * 2
    assert asked[0].tzinfo is UTC


def test_working_time_leaves_out_lunch_nights_and_feasts() -> None:
    assert working_time(OFFICE, _at("2026-03-02 11:00"), _at("2026-03-02 14:00")) == timedelta(hours=1.5)
    assert working_time(OFFICE, _at("2025-09-30 00:00"), _at("2025-10-09 18:00")) == timedelta(hours=15)


def test_no_working_time_passes_backwards() -> None:
    assert working_time(OFFICE, _at("2026-03-03 11:00"), _at("2026-03-02 11:00")) == timedelta()


def test_work_is_from_when_it_begins_until_just_before_it_ends() -> None:
    moments = ("08:59:59", "09:00", "11:59:59", "12:00", "13:29:59", "13:30", "17:59:59", "18:00")

    works = [is_working(OFFICE, _at(f"2026-03-02 {moment}")) for moment in moments]

    assert works == [False, True, True, False, False, True, True, False]


def test_the_next_working_moment_may_be_now_after_lunch_or_after_the_feast() -> None:
    assert next_working(OFFICE, _at("2026-03-02 10:00")) == _at("2026-03-02 10:00")
    assert next_working(OFFICE, _at("2026-03-02 12:30")) == _at("2026-03-02 13:30")
    assert next_working(OFFICE, _at("2025-09-30 18:00")) == _at("2025-10-09 09:00")


def test_the_companys_own_days_come_before_the_public_ones() -> None:
    calendar = WorkingCalendar(off=(date(2026, 2, 14),), on={date(2026, 2, 23): None})

    assert _due("2026-02-13 16:00", "1wd", calendar) == "2026-02-23 16:00"


def test_a_short_day_has_hours_of_its_own() -> None:
    calendar = WorkingCalendar(on={date(2026, 2, 14): ("09:00-12:00",)})

    assert _due("2026-02-13 16:00", "1wd", calendar) == "2026-02-24 09:00"
    assert _due("2026-02-13 16:00", "4wh", calendar) == "2026-02-14 11:00"


def test_a_company_that_works_on_saturdays_still_has_the_feasts_off() -> None:
    calendar = WorkingCalendar(weekdays=WEEKDAYS[:6])

    assert _due("2026-03-06 17:00", "1wd", calendar) == "2026-03-07 17:00"
    assert _due("2025-10-03 17:00", "0wd", calendar) == "2025-10-09 09:00"


def test_a_company_without_a_region_knows_no_feasts() -> None:
    assert _due("2025-09-30 17:00", "1wd", WorkingCalendar(region=None)) == "2025-10-01 17:00"


def test_a_year_not_announced_is_plain_weekdays_and_says_so() -> None:
    assert [announced(OFFICE, year) for year in (2003, 2004, 2025, 2026, 2099)] == [False, True, True, True, False]
    assert _due("2099-09-30 17:00", "1wd") == "2099-10-01 17:00"


def test_a_company_enters_a_year_not_announced_itself() -> None:
    calendar = WorkingCalendar(off=tuple(date(2099, 10, day) for day in range(1, 8)), on={date(2099, 10, 10): None})

    assert _due("2099-09-30 17:00", "1wd", calendar) == "2099-10-08 17:00"
    assert _due("2099-10-09 17:00", "1wd", calendar) == "2099-10-10 17:00"


def test_without_a_region_there_is_nothing_to_announce() -> None:
    assert announced(HAMBURG, 2099)


def test_when_the_clocks_change_at_the_weekend_office_hours_stay_what_the_clock_says() -> None:
    assert _due("2026-03-27 16:00", "2wh", HAMBURG) == "2026-03-30 10:00"
    assert _due("2026-10-23 16:00", "1wd", HAMBURG) == "2026-10-26 16:00"


def test_a_night_shift_is_as_long_as_the_night_is() -> None:
    spring, autumn = _at("2026-03-28 22:00", BERLIN), _at("2026-10-24 22:00", BERLIN)

    assert working_time(NIGHT_SHIFT, spring, _at("2026-03-29 06:00", BERLIN)) == timedelta(hours=7)
    assert working_time(NIGHT_SHIFT, autumn, _at("2026-10-25 06:00", BERLIN)) == timedelta(hours=9)


def test_a_time_of_day_that_the_clocks_skip_is_when_they_have_skipped_it() -> None:
    assert _due("2026-03-28 02:30", "1wd", NIGHT_SHIFT) == "2026-03-29 03:00"


def test_an_hour_that_comes_twice_is_never_due_earlier_the_second_time() -> None:
    once, again = (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold) for fold in (0, 1))

    assert due(NIGHT_SHIFT, once, "1wd") == _at("2026-10-26 02:30", BERLIN)
    assert due(NIGHT_SHIFT, again, "1wd") == _at("2026-10-26 03:00", BERLIN)
    assert is_working(NIGHT_SHIFT, again)


def test_a_night_whose_clocks_go_back_into_the_day_before_is_worked_without_a_break() -> None:
    st_johns = ZoneInfo("America/St_Johns")  # in 2010 from 00:01 on Sunday back to 23:01 on Saturday
    sundays = WorkingCalendar(time_zone=st_johns.key, region=None, hours=("00:00-06:00",), weekdays=("sun",))
    again = datetime(2010, 11, 6, 23, 30, tzinfo=st_johns, fold=1)

    assert is_working(sundays, again)
    assert _due("2010-11-06 20:00", "6wh", sundays) == "2010-11-07 05:00"


def test_the_longest_durations_are_about_ten_years() -> None:
    assert _due("2026-03-02 09:00", "2500wd").startswith("2035")
    assert _due("2026-03-02 09:00", "20000wh").startswith("2036")


@pytest.mark.parametrize("after", ["2w", "wd", "-1wd", "1.5wh", "1 wd", "2501wd", "20001wh", "", "１wd", "1WD"])
def test_a_duration_nobody_can_read_is_refused_in_both_languages(after: str) -> None:
    with pytest.raises(ValueError, match=r"时长.+ / .+duration"):
        due(OFFICE, _at("2026-03-02 09:00"), after)


def test_working_durations_are_told_from_clock_time() -> None:
    assert [working(text) for text in ("4wh", " 2wd ", "8h", "2d")] == [(4, "wh"), (2, "wd"), None, None]


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="没有时区"):
        next_working(OFFICE, datetime(2026, 3, 2, 9))  # noqa: DTZ001 - that is what is refused


def test_a_deadline_that_would_take_a_century_is_refused() -> None:
    an_hour_a_week = WorkingCalendar(weekdays=("mon",), hours=("09:00-10:00",))

    with pytest.raises(ValueError, match="工作时间不够"):
        due(an_hour_a_week, _at("2026-03-02 09:00"), "20000wh")


def test_administrators_write_it_as_yaml() -> None:
    written = """
        time_zone: Asia/Shanghai
        hours: [08:30-12:00, 13:00–24:00]
        weekdays: [mon, sat]
        region: null
        off: [2026-03-02]
        on: {2026-03-03: [9:00-10:00], 2026-03-04: null}
    """

    calendar = read_model(WorkingCalendar, load_yaml(written), name="calendar")

    assert calendar == WorkingCalendar(
        hours=("08:30-12:00", "13:00–24:00"),
        weekdays=("mon", "sat"),
        region=None,
        off=(date(2026, 3, 2),),
        on={date(2026, 3, 3): ("9:00-10:00",), date(2026, 3, 4): None},
    )
    assert WorkingCalendar.model_validate_json(calendar.model_dump_json()) == calendar


def test_days_on_may_be_a_plain_list() -> None:
    assert WorkingCalendar.model_validate({"on": ["2026-03-07", date(2026, 3, 8)]}).on == {
        date(2026, 3, 7): None,
        date(2026, 3, 8): None,
    }


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"hours": ["12:00-09:00"]}, "先起后止"),
        ({"hours": ["09:00-09:00"]}, "先起后止"),
        ({"hours": ["22:00-24:30"]}, "先起后止"),
        ({"hours": ["09:00-12:60"]}, "没有 12:60 这个时刻"),
        ({"hours": ["9-12"]}, "应写作 09:00-12:00"),
        ({"hours": ["09:00-12:00", "11:30-18:00"]}, "重叠"),
        ({"hours": ["13:30-18:00", "09:00-12:00"]}, "次序颠倒"),
        ({"hours": []}, "工作时间不能为空"),
        ({"weekdays": []}, "至少要有一项"),
        ({"weekdays": ["monday"]}, "应为 'mon'"),
        ({"region": "Mars"}, "应为 'CN'"),
        ({"time_zone": "Asia/Peking"}, "没有时区 'Asia/Peking'"),
        ({"time_zone": "Asia"}, "没有时区 'Asia'"),
        ({"time_zone": "../etc"}, "没有时区 '../etc'"),
        ({"time_zone": ""}, "没有时区 ''"),
        ({"off": ["2026-03-07"], "on": ["2026-03-07"]}, "不能既上班又休息：2026-03-07"),
        ({"on": {"2026-03-07": []}}, "工作时间不能为空"),
        ({"on": {"2026-03-07": ["12:00-09:00"]}}, "先起后止"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_both_languages(written: dict[str, Any], said: str) -> None:
    with pytest.raises(FileRefused, match=said) as refused:
        read_model(WorkingCalendar, written, name="calendar")

    assert all(zh != en for zh, en in refused.value.problems)


def test_a_calendar_never_changes() -> None:
    with pytest.raises(ValidationError):
        OFFICE.region = None  # type: ignore[misc]


# Random calendars, compared with counting minutes. Havana's clocks go back at midnight, Lord Howe's by half an hour.
ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
)
AROUND = [
    datetime(*day, tzinfo=UTC)
    for day in ((2025, 9, 26), (2026, 2, 12), (2026, 3, 6), (2026, 3, 27), (2026, 10, 23), (2026, 10, 30), (2025, 4, 4))
]
EXAMPLES = int(os.environ.get("POSTROAD_LAW_EXAMPLES", "60"))
PATIENT = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
HORIZON = 12 * DAY


def _text(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def _hours(draw: st.DrawFn) -> tuple[str, ...]:
    bounds = sorted(draw(st.sets(st.integers(0, 96).map(lambda quarter: quarter * 15), min_size=2, max_size=6)))
    return tuple(
        f"{_text(opens)}-{_text(closes)}" for opens, closes in list(pairwise(bounds))[:: draw(st.integers(1, 2))]
    )


@st.composite
def _situations(draw: st.DrawFn) -> tuple[WorkingCalendar, datetime, datetime]:
    """A calendar and two moments in order, near a feast or a change of the clocks."""
    around = draw(st.sampled_from(AROUND))
    days = draw(
        st.lists(st.integers(-1, 12).map(lambda number: (around + number * DAY).date()), max_size=5, unique=True)
    )
    cut = draw(st.integers(0, len(days)))
    calendar = WorkingCalendar(
        time_zone=draw(st.sampled_from(ZONES)),
        hours=draw(_hours()),
        weekdays=tuple(draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1))),
        region=draw(st.sampled_from(["CN", None])),
        off=tuple(days[:cut]),
        on={day: draw(st.none() | _hours()) for day in days[cut:]},
    )
    first, second = sorted(draw(st.tuples(*[st.integers(0, 4 * 24 * 60)] * 2)))
    return calendar, around + first * MINUTE, around + second * MINUTE


class _Minute(NamedTuple):
    begins: datetime
    wall: datetime  # the latest time that clocks have shown so far
    works: bool


def _minutes(calendar: WorkingCalendar, start: datetime) -> Iterator[_Minute]:
    """Every minute from `start` on, within the horizon."""
    moment = start - DAY
    wall = moment.astimezone(calendar.zone).replace(tzinfo=None)
    while moment < start + HORIZON:
        wall = max(wall, moment.astimezone(calendar.zone).replace(tzinfo=None))
        if moment >= start:
            yield _Minute(moment, wall, _works(calendar, wall))
        moment += MINUTE


def _works(calendar: WorkingCalendar, wall: datetime) -> bool:
    now = wall.strftime("%H:%M")
    spans = (text.split("-") for text in calendar.on.get(wall.date()) or calendar.hours)
    return _is_working_day(calendar, wall.date()) and any(opens <= now < closes for opens, closes in spans)


def _is_working_day(calendar: WorkingCalendar, day: date) -> bool:
    if day in calendar.off or day in calendar.on:
        return day in calendar.on
    if calendar.region and day in OFF | MADE_UP:
        return day in MADE_UP
    return WEEKDAYS[day.weekday()] in calendar.weekdays


@PATIENT
@given(_situations())
def test_working_time_is_the_number_of_minutes_worked(
    situation: tuple[WorkingCalendar, datetime, datetime],
) -> None:
    calendar, start, end = situation

    worked = sum(minute.works for minute in takewhile(lambda minute: minute.begins < end, _minutes(calendar, start)))

    assert working_time(calendar, start, end) == worked * MINUTE


@PATIENT
@given(_situations())
def test_the_next_working_moment_is_the_first_minute_worked(
    situation: tuple[WorkingCalendar, datetime, datetime],
) -> None:
    calendar, start, _ = situation

    first = next((minute.begins for minute in _minutes(calendar, start) if minute.works), None)

    assert _within(start, next_working(calendar, start)) == first
    assert is_working(calendar, start) is (first == start)


@PATIENT
@given(_situations(), st.integers(1, 20))
def test_hours_are_due_when_so_many_minutes_were_worked(
    situation: tuple[WorkingCalendar, datetime, datetime], hours: int
) -> None:
    calendar, start, _ = situation

    worked = (minute.begins + MINUTE for minute in _minutes(calendar, start) if minute.works)
    expected = next(islice(worked, hours * 60 - 1, None), None)

    assert _within(start, due(calendar, start, f"{hours}wh"), until=HORIZON + MINUTE) == expected


@PATIENT
@given(_situations(), st.integers(1, 5))
def test_days_are_due_at_the_first_minute_worked_from_that_time_of_a_later_working_day(
    situation: tuple[WorkingCalendar, datetime, datetime], count: int
) -> None:
    calendar, start, _ = situation
    minutes = _minutes(calendar, start)
    begun = next((minute for minute in minutes if minute.works), None)
    if begun is None:
        return
    later = (begun.wall.date() + number * DAY for number in range(1, 400))
    day = [one for one in later if _is_working_day(calendar, one)][count - 1]
    not_before = datetime.combine(day, _time_of_day(calendar, begun))

    expected = next((minute.begins for minute in minutes if minute.works and minute.wall >= not_before), None)

    assert _within(start, due(calendar, start, f"{count}wd")) == expected


def _time_of_day(calendar: WorkingCalendar, minute: _Minute) -> time:
    repeated = minute.begins.astimezone(calendar.zone).fold
    return ((minute.wall + MINUTE) if repeated else minute.wall).time()


def _within(start: datetime, moment: datetime, until: timedelta = HORIZON) -> datetime | None:
    return moment if moment < start + until else None


@PATIENT
@given(_situations(), st.integers(0, 9), st.integers(0, 9), st.sampled_from(["wh", "wd"]), st.integers(0, 59_999_999))
def test_nothing_that_begins_later_or_takes_longer_is_due_earlier(
    situation: tuple[WorkingCalendar, datetime, datetime], one: int, other: int, unit: str, micros: int
) -> None:
    calendar, start, later = situation
    shorter, longer = sorted((one, other))
    bit = timedelta(microseconds=micros)

    assert start <= due(calendar, start, f"{shorter}{unit}") <= due(calendar, later + bit, f"{longer}{unit}")


@PATIENT
@given(_situations(), st.integers(0, 40), st.integers(0, 40))
def test_hours_that_are_due_were_worked_and_add_up(
    situation: tuple[WorkingCalendar, datetime, datetime], some: int, more: int
) -> None:
    calendar, start, _ = situation
    reached = due(calendar, start, f"{some}wh")

    assert working_time(calendar, start, reached) == timedelta(hours=some)
    if more:
        assert due(calendar, reached, f"{more}wh") == due(calendar, start, f"{some + more}wh")


@PATIENT
@given(_situations(), st.integers(0, 20), st.sampled_from(["wh", "wd"]))
def test_whatever_is_due_is_due_while_people_work_or_when_they_stop(
    situation: tuple[WorkingCalendar, datetime, datetime], amount: int, unit: str
) -> None:
    calendar, start, _ = situation
    moment = due(calendar, start, f"{amount}{unit}")

    assert is_working(calendar, moment) or (unit == "wh" and is_working(calendar, moment - timedelta(microseconds=1)))
