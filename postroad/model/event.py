from typing import Literal

from pydantic import Field

from postroad.model.base import Fact
from postroad.model.people import StandIn
from postroad.model.storable import Filled, Said


class ErpNews(Fact):
    """Word that a document changed in its system. Only a hint: whoever hears it reads the document itself."""

    event_id: str = Field(min_length=1, max_length=200)
    mode: str = Field(min_length=1, max_length=64)
    version: str = ""


ActName = Literal[
    "jump",
    "reassign",
    "remove_signer",
    "urge",
    "suspend",
    "resume",
    "withdraw",
    "terminate",
    "nudge",
    "retry_effect",
    "skip_effect",
    "compensate",
    "event",
]


class AdminAct(Fact):
    """Something an administrator does to an instance, with the reason, which is kept.

    `jump` moves it to `node`, `confirmed` if what cannot be undone, or is passed by, may stand; `reassign` gives `task`
    to the person `to`, for whom `to_agent` may act; `remove_signer` cancels `task`, which somebody added; `urge`
    reminds those whose turn it is; `suspend` holds it until it is told to `resume`; `withdraw` ends it and undoes what
    was done, `terminate` undoes nothing; `nudge` tries anew what waits for a person or for people to be found; `event`
    delivers the named event that a wait node awaits. `retry_effect` and `skip_effect` are for an `effect` that is in
    trouble, `compensate` undoes a confirmed one; it is named by its key in the ledger, or by its node if it never came
    so far. Only the system says `stand_in`: from now on `to`, or without it nobody, may act for the person of `task`.
    """

    id: str = Field(min_length=1, max_length=200)
    act: ActName | Literal["stand_in"]
    by: str
    by_name: str = ""
    reason: Said = Field(min_length=1, max_length=2000)
    task: str | None = None
    to: str | None = None
    to_name: str = ""
    to_agent: StandIn | None = None
    node: Said | None = Field(default=None, max_length=80)
    confirmed: bool = False
    effect: Said | None = Field(default=None, max_length=300)
    event: str | None = None
    data: Filled = {}
