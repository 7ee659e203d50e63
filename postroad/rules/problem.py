"""Something in a table that cannot be read or cannot be meant."""

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.refusals import Refusal


class Problem(Fact):
    """What is wrong, with its row and column where there is one."""

    code: str
    row: str | None = None
    column: str | None = None
    message: Label


def problem(code: str, row: str | None, column: str | None, zh: str, en: str) -> Problem:
    return Problem(code=code, row=row, column=column, message=Label(zh=zh, en=en))


def refused(code: str, row: str | None, column: str | None, refusal: Refusal) -> Problem:
    return Problem(code=code, row=row, column=column, message=refusal.label)
