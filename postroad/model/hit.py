"""What it means that several rows of a decision table match."""

from enum import StrEnum


class HitPolicy(StrEnum):
    """What happens when rows match.

    One outcome: exactly one row may match (unique); those that match agree (any); the one whose outputs stand first in
    their ``values`` (priority); the first (first). A list of outcomes: in row order (rule_order, collect), or by the
    ``values`` of the outputs (output_order). One figure made of them: collect_sum, collect_min, collect_max of the one
    output, exact; collect_count, how many rows match.
    """

    UNIQUE = "unique"
    ANY = "any"
    PRIORITY = "priority"
    FIRST = "first"
    RULE_ORDER = "rule_order"
    OUTPUT_ORDER = "output_order"
    COLLECT = "collect"
    COLLECT_SUM = "collect_sum"
    COLLECT_MIN = "collect_min"
    COLLECT_MAX = "collect_max"
    COLLECT_COUNT = "collect_count"

    @property
    def lists(self) -> bool:
        """Whether the outcome is a list, with one entry for each row that matches."""
        return self in _LISTS

    @property
    def aggregates(self) -> bool:
        """Whether the outcome is one figure made of all rows that match."""
        return self in _AGGREGATES

    @property
    def ranks(self) -> bool:
        """Whether the ``values`` of the outputs say which row comes before which."""
        return self in _RANKS


_LISTS = (HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT)
_AGGREGATES = (HitPolicy.COLLECT_SUM, HitPolicy.COLLECT_MIN, HitPolicy.COLLECT_MAX, HitPolicy.COLLECT_COUNT)
_RANKS = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)
