import random
import time
from collections.abc import Callable, Collection
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Target = Literal["erp", "pms", "dingtalk", "click"]
Kind = Literal[
    "latency",
    "error_before",
    "error_after_commit",
    "drop_reply",
    "conflict",
    "outage",
    "rate_limit",
    "duplicate",
    "forged_signature",
]

_REQUEST_KINDS = {"latency", "error_before", "error_after_commit", "drop_reply", "outage", "rate_limit"}
KINDS_OF_TARGET: dict[Target, set[str]] = {
    "erp": _REQUEST_KINDS | {"conflict"},
    "pms": _REQUEST_KINDS,
    "dingtalk": _REQUEST_KINDS,
    "click": {"latency", "drop_reply", "duplicate", "forged_signature"},
}


class FaultOrder(BaseModel):
    """What shall go wrong. `seconds` is the delay of a latency and the lifetime of every other kind.

    Without `times` a fault strikes until its lifetime ends or it is deleted; `match` is a part of the path
    (of the outTrackId for clicks).
    """

    model_config = ConfigDict(extra="forbid")

    target: Target
    kind: Kind
    seconds: float | None = Field(default=None, ge=0)
    times: int | None = Field(default=None, ge=1)
    probability: float = Field(default=1.0, ge=0, le=1)
    match: str = ""

    @model_validator(mode="after")
    def _target_knows_the_kind(self) -> Self:
        known = KINDS_OF_TARGET[self.target]
        if self.kind not in known:
            raise ValueError(f"a fault of {self.target} is one of {', '.join(sorted(known))}, not {self.kind}")
        if self.kind == "latency" and self.seconds is None:
            raise ValueError("a latency needs seconds")
        return self


class Fault(FaultOrder):
    id: int
    since: float
    struck: int = 0

    def is_over(self, now: float) -> bool:
        spent = self.times is not None and self.struck >= self.times
        expired = self.kind != "latency" and self.seconds is not None and now >= self.since + self.seconds
        return spent or expired


class Faults:
    """The faults in force, oldest first. `elapsed` counts seconds and never goes back."""

    def __init__(self, seed: int, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a repeatable fault, not a secret
        self._elapsed = elapsed
        self._faults: list[Fault] = []
        self._given = 0

    def add(self, order: FaultOrder) -> Fault:
        self._given += 1
        fault = Fault(**order.model_dump(), id=self._given, since=self._elapsed())
        self._faults.append(fault)
        return fault

    def all(self) -> list[Fault]:
        return [fault for fault in self._faults if not fault.is_over(self._elapsed())]

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, target: Target, kinds: Collection[str], where: str) -> Fault | None:
        """The first fault in force that hits `where`, counted as struck; None lets the request pass."""
        for fault in self.all():
            if fault.target == target and fault.kind in kinds and fault.match in where and self._is_unlucky(fault):
                fault.struck += 1
                return fault
        return None

    def _is_unlucky(self, fault: Fault) -> bool:
        return fault.probability >= 1 or self._chance.random() < fault.probability
