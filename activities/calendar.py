from temporalio import activity
from temporalio.exceptions import ApplicationError

from postroad.directory.deadline import reckon
from postroad.model.calendar import WorkingCalendar
from postroad.model.deadline import Reckoning
from workflows.steps import CalendarSteps, ReckonOrder


class CompanyCalendar(CalendarSteps):
    """Reckons with the working time of this company, as it is known now."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar

    @activity.defn(name="calendar.reckon")
    async def reckon(self, order: ReckonOrder) -> Reckoning:
        try:
            return reckon(self._calendar, order.deadline, order.since)
        except ValueError as error:
            raise ApplicationError(str(error), type="NoSuchTime", non_retryable=True) from error
