from pydantic import Field

from postroad.model.base import Fact
from postroad.model.storable import Filled, Said


class ErpNews(Fact):
    """Word that a document changed in its system. Only a hint: whoever hears it reads the document itself."""

    event_id: str = Field(min_length=1, max_length=200)
    mode: str = Field(min_length=1, max_length=64)
    version: str = ""


class AdminAct(Fact):
    """Something an administrator does to an instance, with the reason, which is kept.

    `reassign` gives `task` to the person `to`; `remove_signer` cancels `task`, which somebody added; `urge` reminds
    those whose turn it is; `withdraw` ends the instance; `nudge` tries anew what waits for a person or for people to be
    found; `event` delivers the named event that a wait node awaits.
    """

    id: str = Field(min_length=1, max_length=200)
    act: str = Field(pattern="^(reassign|remove_signer|urge|withdraw|nudge|event)$")
    by: str
    reason: Said = Field(min_length=1, max_length=2000)
    task: str | None = None
    to: str | None = None
    event: str | None = None
    data: Filled = {}
