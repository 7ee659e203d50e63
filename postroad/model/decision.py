import hashlib
import json
from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.people import StandIn
from postroad.model.storable import Filled, Said


class Action(StrEnum):
    """What a person can do to a task."""

    APPROVE = "approve"
    REJECT = "reject"
    TRANSFER = "transfer"
    COMPLETE = "complete"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    RETRY = "retry"
    SKIP = "skip"
    CLAIM = "claim"
    UNCLAIM = "unclaim"
    DELEGATE = "delegate"
    ADVISE = "advise"
    RECALL = "recall"
    ADD_SIGNERS = "add_signers"
    REMOVE_SIGNER = "remove_signer"
    RETURN = "return"
    URGE = "urge"
    TAKE_BACK = "take_back"
    REVOKE = "revoke"


Place = Literal["before", "after", "parallel"]
RoundMode = Literal["all", "any", "sequence"]


class Added(Fact):
    """Whom to add (加签): to be asked `before` the adder decides, `after` he has agreed, or beside him (`parallel`).

    `mode` says how those asked before or after decide among themselves; `advisory`, that a rejection among those asked
    before is an opinion only.
    """

    place: Place
    people: tuple[Said, ...] = Field(min_length=1, max_length=20)
    mode: RoundMode = "all"
    advisory: bool = False


class Signers(Added):
    """The same with the people's `names` by id, and with the `agents` of those who are away."""

    names: dict[str, str] = {}
    agents: dict[str, StandIn] = {}


class Click(Fact):
    """One press of a button, from whichever channel. `id` names the press: the same press always has the same id.

    `task` is a task id, or an instance id for acts on the whole instance (withdraw, urge, revoke). `to` is who gets the
    task, is asked for an opinion, or is no longer asked; `signers`, who is added; `target`, the node that it goes back
    to, or `initiator`; `confirmed`, that what cannot be undone may stand. `to_agent` acts for `to`,
    who is away.
    `form_hash` is the form the person saw; None when the channel cannot tell.
    """

    id: str = Field(min_length=1, max_length=200)
    task: Said = Field(min_length=1, max_length=300)
    actor: Said = Field(min_length=1, max_length=100)
    action: Action
    opinion: Said = Field(default="", max_length=2000)
    to: Said | None = Field(default=None, max_length=100)
    to_name: str = Field(default="", max_length=200)
    to_agent: StandIn | None = None
    signers: Signers | None = None
    target: Said | None = Field(default=None, max_length=60)
    confirmed: bool = False
    fields: Filled = {}
    form_hash: Said | None = Field(default=None, max_length=64)
    channel: str = Field(default="api", max_length=40)
    at: AwareDatetime


def click_id(  # noqa: PLR0917 - these are what make two presses the same press
    task: str,
    actor: str,
    action: Action,
    form_hash: str | None = None,
    opinion: str = "",
    to: str | None = None,
    fields: dict[str, Any] | None = None,
    signers: Signers | None = None,
    target: str | None = None,
    *,
    confirmed: bool = False,
    seen: str = "",
) -> str:
    """The id of a press: the same person doing the same thing to the same task with the same words has one id.

    `seen` names the picture of the task that it was done to: what was refused, or undone since, can be done to a newer
    picture.
    """
    added = signers.model_dump(mode="json", exclude={"names", "agents"}) if signers else None
    told = [
        json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")) for said in (fields or {}, added)
    ]
    parts = [task, actor, action, form_hash or "", opinion, to or "", *told, target or "", "!" if confirmed else ""]
    parts += [seen] if seen else []
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


class Verdict(StrEnum):
    """R0: exactly one of these is the outcome of every click."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    LATE = "late"
    FORBIDDEN = "forbidden"
    STALE_FORM = "stale_form"


class Answer(Fact):
    """The outcome of a click, in words for the clicker. `first` is the verdict that a duplicate repeats.

    `task` is the id of the task the click was about, if the instance knows one.
    """

    click: str
    verdict: Verdict
    message: Label
    first: Verdict | None = None
    task: str | None = None
