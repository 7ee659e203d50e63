"""Whatever the definition and whatever happens in whatever order, the laws of `laws.py` and `worlds.py` hold.

`POSTROAD_LAW_EXAMPLES=20000 .venv/bin/pytest -n0 --timeout=0 tests/process/test_laws.py` looks for longer.
"""

import os

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from postroad.model.process import Process
from tests.process.trees import processes
from tests.process.worlds import Chance, World

EXAMPLES = int(os.environ.get("POSTROAD_LAW_EXAMPLES", "300"))
NUMBERS = st.integers(0, 840)
HISTORIES = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=20, max_size=50)
PATIENT = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@PATIENT
@given(process=processes(), history=HISTORIES)
def test_whatever_happens_every_act_has_one_outcome_and_every_instance_comes_to_an_end(
    process: Process, history: list[Chance]
) -> None:
    world = World(process)
    for chance in history:
        world.happen(chance)
    world.finish()
    event(f"outcome {world.state.outcome}")
