from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from postroad.directory.calendar import due
from postroad.directory.deadline import reckon
from postroad.model.calendar import WorkingCalendar
from postroad.model.deadline import Deadline

CHINA = ZoneInfo("Asia/Shanghai")
OFFICE = WorkingCalendar()
ENDING_IN_PASS = Deadline.model_validate({"after": "1d", "ladder": ["remind", "pass"]}).ladder


def calls(deadline: dict[str, object], since: datetime) -> list[tuple[int | None, str]]:
    reckoning = reckon(OFFICE, Deadline.model_validate(deadline), since)
    return [(call.rung, f"{call.at.astimezone(CHINA):%m-%d %H:%M}") for call in reckoning.calls]


def test_each_rung_comes_as_much_later_than_the_one_before() -> None:
    monday = datetime(2026, 1, 5, 10, tzinfo=CHINA)

    assert calls({"after": "1d", "ladder": ["remind", {"do": "superior", "after": "3h"}, "admin"]}, monday) == [
        (0, "01-06 10:00"),
        (1, "01-06 14:30"),
        (2, "01-07 14:30"),
    ]


def test_the_warning_leaves_people_its_working_time() -> None:
    friday = datetime(2026, 1, 9, 16, tzinfo=CHINA)

    assert calls({"after": "4h", "ladder": ["pass"], "warn": "3h"}, friday) == [
        (None, "01-09 17:00"),
        (0, "01-12 11:00"),
    ]


def test_a_warning_that_would_come_too_early_comes_at_once() -> None:
    monday = datetime(2026, 1, 5, 10, tzinfo=CHINA)

    assert calls({"after": "1h", "ladder": ["pass"]}, monday) == [(None, "01-05 10:00"), (0, "01-05 11:00")]


def test_by_the_clock_nights_and_feasts_count() -> None:
    eve = datetime(2026, 2, 14, 17, tzinfo=CHINA)

    assert calls({"after": "90m", "calendar": "clock", "ladder": ["remind", "remind"]}, eve) == [
        (0, "02-14 18:30"),
        (1, "02-14 20:00"),
    ]


def test_the_task_is_due_after_its_time_whatever_the_first_rung_says() -> None:
    deadline = Deadline.model_validate({"after": "1d", "ladder": [{"do": "remind", "after": "2h"}, "superior"]})
    reckoning = reckon(OFFICE, deadline, datetime(2026, 1, 5, 10, tzinfo=CHINA))

    assert reckoning.due == datetime(2026, 1, 6, 2, tzinfo=UTC)


@settings(deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),  # noqa: DTZ001 - they get their zone below
    st.sampled_from(["1h", "8h", "1d", "3d"]),
    st.sampled_from(["1h", "4h", "2d"]),
)
def test_the_calls_are_in_order_and_the_warning_leaves_its_time_or_comes_at_once(
    since: datetime, after: str, warn: str
) -> None:
    deadline = Deadline.model_construct(after=after, calendar="work", ladder=ENDING_IN_PASS, warn=warn)
    found = reckon(OFFICE, deadline, since.replace(tzinfo=UTC)).calls
    warning, last = found[-2], found[-1]

    assert [call.at for call in found] == sorted(call.at for call in found)
    assert due(OFFICE, warning.at, deadline.read(warn)) <= last.at or warning.at == found[0].at
