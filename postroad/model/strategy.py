"""How one person is chosen out of several who could do something."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from postroad.model.base import Fact

Strategy = Literal["highest_skill", "least_loaded", "round_robin", "sticky", "weighted"]
"""`sticky`: whoever did it last time for the same key, else the least loaded."""

Rung = Literal["deputy", "superior", "queue"]
"""Who comes when none of those meant can: an agent of one who is away, a superior, or whoever has time first."""

LADDER: tuple[Rung, ...] = ("deputy", "superior", "queue")


class Weights(Fact):
    """What counts how much: the level of the skill, having little to do, and having waited long for a task."""

    skill: Annotated[int, Field(ge=0, le=100)] = 0
    load: Annotated[int, Field(ge=0, le=100)] = 0
    recency: Annotated[int, Field(ge=0, le=100)] = 0

    @property
    def total(self) -> int:
        return self.skill + self.load + self.recency

    @model_validator(mode="after")
    def weighs_something(self) -> "Weights":
        if not self.total:
            raise ValueError("weights 至少一项大于 0 / one of the weights has to be above 0")
        return self
