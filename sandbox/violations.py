from datetime import datetime

from pydantic import BaseModel

from sandbox.clock import Clock


class Violation(BaseModel):
    """Something a caller did that the real platform would refuse or that its documentation forbids."""

    at: datetime
    where: str
    what: str


class Violations:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._found: list[Violation] = []

    def record(self, where: str, what: str) -> None:
        self._found.append(Violation(at=self._clock.now(), where=where, what=what))

    def all(self) -> list[Violation]:
        return list(self._found)

    def clear(self) -> None:
        self._found.clear()
