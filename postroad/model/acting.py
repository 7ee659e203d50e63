"""Who does an administrative act."""

from postroad.model.base import Fact


class Actor(Fact):
    """Whoever does something that is written to the audit log.

    `person` is None for systems and for the command line; `via` is the id of the token or session, `address` where the
    request came from.
    """

    name: str
    person: str | None = None
    via: str = ""
    address: str = ""


COMMAND_LINE = Actor(name="命令行 / command line")
