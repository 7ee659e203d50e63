from postroad.model.base import Fact
from postroad.model.label import Label


class Problem(Fact):
    """Something that must be mended: `place` is the path in the definition (`steps[2]`), `code` is stable."""

    place: str
    code: str
    message: Label


def problem(place: str, code: str, zh: str, en: str) -> Problem:
    return Problem(place=place, code=code, message=Label(zh=zh, en=en))
