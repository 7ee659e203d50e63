"""Task queues. `core` carries workflows and short steps; each outside system has its own, with its own limits."""

PREFIX = "postroad"
CORE = f"{PREFIX}-core"
CHAT = f"{PREFIX}-chat"


def for_system(system: str) -> str:
    """The queue for steps that call this business system."""
    return f"{PREFIX}-to-{system}"
