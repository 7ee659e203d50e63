"""Whatever the definition, its next release and the moment: what is called safe moves, lives by the laws and ends.

`POSTROAD_LAW_EXAMPLES=20000 .venv/bin/pytest -n0 --timeout=0 tests/process/test_move_laws.py` looks for longer.
"""

from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from postroad.model.move import Edition, Fitness
from postroad.model.process import Process
from postroad.process.commands import Sleep
from postroad.process.move import consider, move
from tests.process.laws import settled
from tests.process.moving import move_order
from tests.process.mutations import every_answer_comes_before, mutated
from tests.process.test_laws import NUMBERS, PATIENT
from tests.process.trees import processes
from tests.process.worlds import Chance, World

HISTORIES = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=0, max_size=12)
AFTERWARDS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=0, max_size=15)


@PATIENT
@given(data=st.data(), process=processes(), history=HISTORIES, onwards=st.integers(0, 12), later=AFTERWARDS)
def test_what_is_called_safe_moves_and_comes_to_its_end(
    data: st.DataObject, process: Process, history: list[Chance], onwards: int, later: list[Chance]
) -> None:
    world = World(process)
    for chance in history:
        world.happen(chance)
    world.go_on(onwards)
    _let_it_rest(world)
    new, mapping = data.draw(mutated(process))
    assume(every_answer_comes_before(new))  # within the strategy it would have it printed, and some are too long
    before, after = Edition(release="order@1", process=process), Edition(release="order@2", process=new)
    considered = consider(before, after, world.state, mapping)
    event(f"{considered.verdict} {' '.join(sorted({one.code for one in considered.reasons}))}")

    written = world.state.model_dump_json()
    result = move(before, after, world.state, move_order(after, mapping), world.now)

    assert world.state.model_dump_json() == written, "moving changed the state it was given"
    if considered.verdict is not Fitness.SAFE:
        assert result.state is world.state
        return
    _go_on_in(world, new, result)
    again = move(before, after, world.state, move_order(after, mapping), world.now)
    assert again.state is world.state
    for chance in later:
        world.happen(chance)
    world.finish()


def _let_it_rest(world: World) -> None:
    """What is under way outside arrives; while it does not, nothing moves."""
    while busy := [command for command in world.state.pending.values() if not isinstance(command, Sleep)]:
        world.answer(busy[0], how=0)


def _go_on_in(world: World, process: Process, result: Any) -> None:
    world.process, world.state = process, type(world.state).model_validate_json(result.state.model_dump_json())
    assert world.state == result.state, "the state is not itself as JSON"
    world.tasks |= {task.id: task for task in result.record.tasks}
    settled(process, world.state)
