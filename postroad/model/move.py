"""Moving running instances to another release: what it is, whether it can be done, and the order to do it."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.process import Process
from postroad.model.storable import Said

Renames = dict[str, str]
"""What nodes have become in the new release: old name to new name, without those that keep their names."""


class Edition(Fact):
    """A release as an instance carries it; `tables` maps each rule table to the sha256 of its content."""

    release: str
    process: Process
    tables: dict[str, str] = {}


class Destination(Fact):
    """The same on its way to an instance: the definition as JSON, which instances of one release share once read."""

    release: str
    process: dict[str, Any]
    tables: dict[str, str] = {}
    mapping: Renames = {}


class MoveOrder(Fact):
    """Move to another release. The same `id` is carried out once; `by` and the `reason` are kept in the story."""

    id: str = Field(min_length=1, max_length=200)
    by: str
    reason: Said = Field(min_length=1, max_length=2000)
    to: Destination


class Fitness(StrEnum):
    """`needs_mapping`: it can move once somebody says which node of the new release one of its nodes has become."""

    SAFE = "safe"
    NEEDS_MAPPING = "needs_mapping"
    MUST_STAY = "must_stay"


class Note(Fact):
    """One reason or one change, in words; `node` is the node it is about, in the new release if it is there."""

    code: str
    text: Label
    node: str | None = None


class Considered(Fact):
    """Whether an instance can move. `reasons` are what is against it; `changes`, what would be different for it."""

    verdict: Fitness
    reasons: tuple[Note, ...] = ()
    changes: tuple[Note, ...] = ()
