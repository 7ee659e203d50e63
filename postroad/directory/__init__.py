"""Floor 1: who is meant, and who of them it shall be. Pure: the organisation comes in as an argument."""

from postroad.directory.choose import choose
from postroad.directory.resolve import resolve
from postroad.directory.shortlist import shortlist

__all__ = ["choose", "resolve", "shortlist"]
