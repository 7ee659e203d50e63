"""When the company works, day by day, as deadlines are reckoned."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.depends import Tools, guarded
from postroad.directory.calendar import Day, announced, days
from postroad.model.calendar import Hours, Weekday

router = APIRouter(prefix="/calendar", tags=["people 人员"])


class CalendarOut(BaseModel):
    """A year as deadlines count it. It comes from a file (`POSTROAD_CALENDAR_FILE`), so it is only shown here.

    Until the public holidays of the year are `announced`, they are taken for plain weekdays.
    """

    year: int
    time_zone: str
    hours: Hours
    weekdays: tuple[Weekday, ...]
    region: str | None
    announced: bool
    days: list[Day]


@router.get("", summary="工作日历 / The working calendar", dependencies=[guarded("read", "act", "people")])
async def calendar(
    parts: Tools, year: Annotated[int | None, Query(ge=2004, le=2100, description="默认今年 / this year")] = None
) -> CalendarOut:
    kept = parts.calendar
    shown = year or parts.now().astimezone(kept.zone).year
    return CalendarOut(
        year=shown,
        time_zone=kept.time_zone,
        hours=kept.hours,
        weekdays=kept.weekdays,
        region=kept.region,
        announced=announced(kept, shown),
        days=days(kept, shown),
    )
