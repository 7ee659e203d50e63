"""R22: by when people have to do their part, and what happens when they have not."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BeforeValidator, Field, model_validator

from postroad.model.base import Fact
from postroad.model.calendar import working
from postroad.model.duration import duration
from postroad.model.people import Who

Deed = Literal["remind", "superior", "admin", "transfer", "pass", "reject", "return"]
AUTOMATIC: frozenset[str] = frozenset({"pass", "reject", "return"})
TO_SOMEBODY: frozenset[str] = frozenset({"superior", "admin", "transfer"})
_WARN = "2h"
_AT_WORK = {"h": "wh", "d": "wd"}


class Rung(Fact):
    """What is done when a deadline has passed; just `remind`, or `{do: superior, after: 4h}`.

    `after` is how long after the rung before it comes, if not as long as the deadline itself is; `to` is who gets the
    task by `transfer`. `return` goes back to the initiator.
    """

    do: Deed
    after: str | None = None
    to: Who | None = None

    @model_validator(mode="after")
    def says_to_whom(self) -> "Rung":
        if (self.do == "transfer") != (self.to is not None):
            raise ValueError(
                "transfer 需要 to，其他动作不写 to / a transfer, and only a transfer, says to whom: "
                "{do: transfer, to: {role: deputy}}"
            )
        return self


AnyRung = Annotated[
    Rung,
    BeforeValidator(lambda said: {"do": said} if isinstance(said, str) else said, json_schema_input_type=Rung | Deed),
]


class Deadline(Fact):
    """How long somebody has, from when it is their turn, and the `ladder` of what happens after that.

    With `calendar: work` hours and days are working hours and working days; with `clock`, those of the clock, minutes
    and seconds too. Only the last rung may decide by itself; `warn` is how long before people are told that it will.
    """

    after: str
    calendar: Literal["work", "clock"] = "work"
    ladder: tuple[AnyRung, ...] = Field(min_length=1, max_length=20)
    warn: str | None = None

    @property
    def waits(self) -> tuple[str, ...]:
        """How long after the one before each rung comes, as the working calendar reads it."""
        return tuple(self.read(rung.after or self.after) for rung in self.ladder)

    @property
    def decides(self) -> bool:
        """Whether the last rung decides without a person."""
        return self.ladder[-1].do in AUTOMATIC

    @property
    def warned(self) -> str:
        return self.read(self.warn or _WARN)

    def read(self, text: str) -> str:
        """`8h` as the working calendar is asked for it: `8wh`."""
        return text[:-1] + _AT_WORK[text[-1]] if self.calendar == "work" else text

    @model_validator(mode="after")
    def says_times_that_can_be_kept(self) -> "Deadline":
        said = [("after", self.after), ("warn", self.warn)]
        said += [(f"ladder[{number}].after", rung.after) for number, rung in enumerate(self.ladder)]
        for name, text in said:
            if text is not None:
                self._check(name, text)
        return self

    @model_validator(mode="after")
    def decides_last_and_warns_before(self) -> "Deadline":
        early = [f"ladder[{number}]" for number, rung in enumerate(self.ladder[:-1]) if rung.do in AUTOMATIC]
        if early:
            raise ValueError(
                f"{early[0]}：pass、reject、return 只能是最后一级 / only the last rung may pass, reject or return"
            )
        if self.warn is not None and not self.decides:
            raise ValueError(
                "warn 用于最后一级是 pass、reject 或 return 时 / "
                "warn belongs to a ladder that ends in pass, reject or return"
            )
        last = self.ladder[-1].after or self.after
        if self.warn is not None and self.warn[-1] == last[-1] and int(self.warn[:-1]) >= int(last[:-1]):
            raise ValueError(
                f"warn {self.warn} 应短于最后一级的 {last} / warn {self.warn} should be shorter than the {last} of the "
                "last rung"
            )
        return self

    def _check(self, name: str, text: str) -> None:
        try:
            long = duration(text)
            if self.calendar == "work" and text[-1] in _AT_WORK:
                working(self.read(text))
        except ValueError as error:
            zh, _, en = str(error).partition(" / ")
            raise ValueError(f"{name}：{zh} / {name}: {en}") from error
        if not long:
            raise ValueError(f"{name} 应大于零 / {name} should be more than nothing")
        if self.calendar == "work" and text[-1] not in _AT_WORK:
            raise ValueError(
                f"{name}：工作日历按 h 或 d 计，{text} 请写 calendar: clock / "
                f"{name}: the working calendar counts h or d; for {text} say calendar: clock"
            )


class Call(Fact):
    """When a rung comes, counted from 0; None is the warning before the last one."""

    at: AwareDatetime
    rung: int | None


class Reckoning(Fact):
    """When the part is due, and what comes when if it is not done, in order."""

    due: AwareDatetime
    calls: tuple[Call, ...]
