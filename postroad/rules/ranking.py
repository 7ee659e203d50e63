"""A table in which the outputs rank the rows, as one whose rows stand in that order."""

from postroad.model.hit import HitPolicy
from postroad.rules.compile import CompiledTable, compile_table


def in_order(compiled: CompiledTable) -> CompiledTable:
    """Under priority the same table under first, the most important row on top; under other policies the table itself.

    Both give the same row for every situation.
    """
    if compiled.table.hit is not HitPolicy.PRIORITY:
        return compiled
    places = sorted(range(len(compiled.tests)), key=compiled.outcomes.rank.__getitem__)
    rows = tuple(compiled.table.rows[place] for place in places)
    return compile_table(compiled.table.model_copy(update={"hit": HitPolicy.FIRST, "rows": rows}))
