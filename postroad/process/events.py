"""What can happen to an instance. Every event says when (aware UTC); outcomes name the command they answer."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from postroad.model.base import Fact
from postroad.model.call import CallOver
from postroad.model.deadline import Reckoning
from postroad.model.decision import Click
from postroad.model.document import Document
from postroad.model.effect import EffectResult
from postroad.model.event import AdminAct, ErpNews
from postroad.model.label import Label
from postroad.model.people import Resolution
from postroad.model.table import Evaluation


class Event(Fact):
    at: AwareDatetime


class Started(Event):
    is_: Literal["started"] = Field(default="started", alias="is")


class Clicked(Event):
    is_: Literal["clicked"] = Field(default="clicked", alias="is")
    click: Click


class Administered(Event):
    is_: Literal["administered"] = Field(default="administered", alias="is")
    act: AdminAct


class Heard(Event):
    is_: Literal["heard"] = Field(default="heard", alias="is")
    news: ErpNews


class CallEnded(Event):
    """A called process says how it ended."""

    is_: Literal["call_ended"] = Field(default="call_ended", alias="is")
    told: CallOver


class CalledOff(Event):
    """The caller of this instance no longer wants it."""

    is_: Literal["called_off"] = Field(default="called_off", alias="is")
    cause: Label


class Outcome(Event):
    """The one outcome of the command with this key."""

    key: str


class DocumentRead(Outcome):
    is_: Literal["document_read"] = Field(default="document_read", alias="is")
    document: Document


class Evaluated(Outcome):
    is_: Literal["evaluated"] = Field(default="evaluated", alias="is")
    evaluation: Evaluation


class Resolved(Outcome):
    is_: Literal["resolved"] = Field(default="resolved", alias="is")
    resolution: Resolution


class Acted(Outcome):
    is_: Literal["acted"] = Field(default="acted", alias="is")
    result: EffectResult


class CallBegun(Outcome):
    is_: Literal["call_begun"] = Field(default="call_begun", alias="is")
    instance: str
    release: str


class ToldOff(Outcome):
    """A called instance was told that it is no longer wanted; it says itself when it is over."""

    is_: Literal["told_off"] = Field(default="told_off", alias="is")


class Elapsed(Outcome):
    is_: Literal["elapsed"] = Field(default="elapsed", alias="is")


class Reckoned(Outcome):
    is_: Literal["reckoned"] = Field(default="reckoned", alias="is")
    reckoning: Reckoning


class Failed(Outcome):
    """The command cannot be carried out, and trying again will not help by itself.

    `reason` is for people; `gone`: what the command is about does not exist any more.
    """

    is_: Literal["failed"] = Field(default="failed", alias="is")
    reason: str
    gone: bool = False


AnyEvent = Annotated[
    Started
    | Clicked
    | Administered
    | Heard
    | CallEnded
    | CalledOff
    | DocumentRead
    | Evaluated
    | Resolved
    | Acted
    | CallBegun
    | ToldOff
    | Elapsed
    | Reckoned
    | Failed,
    Field(discriminator="is_"),
]
