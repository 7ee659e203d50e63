from postroad.model.decision import Verdict
from postroad.model.label import Label


class Refused(Exception):  # noqa: N818 - an outcome on its way to the clicker, not a program error
    """Why an act is not done. `first` is the verdict that a duplicate repeats."""

    def __init__(self, verdict: Verdict, zh: str, en: str, first: Verdict | None = None) -> None:
        self.answer = (verdict, Label(zh=zh, en=en), first)
        super().__init__(zh)


def forbidden(zh: str, en: str) -> Refused:
    return Refused(Verdict.FORBIDDEN, zh, en)
