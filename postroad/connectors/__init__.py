"""Business systems: one port (base), declarative adapters (rest), one in memory (memory)."""

from postroad.connectors.base import ActResult, Capabilities, Connector, ErpEvent, Goal, Sighting
from postroad.connectors.load import Connectors, load_connectors

__all__ = [
    "ActResult",
    "Capabilities",
    "Connector",
    "Connectors",
    "ErpEvent",
    "Goal",
    "Sighting",
    "load_connectors",
]
