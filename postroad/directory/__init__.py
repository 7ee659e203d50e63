"""Floor 1: who is meant. Pure: the organisation comes in as an argument."""

from postroad.directory.resolve import resolve

__all__ = ["resolve"]
