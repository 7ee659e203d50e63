"""What the engine does alone, it does through the API on a real Temporal server with the real steps."""

import asyncio
from collections import Counter

import pytest
from temporalio.client import Client

from postroad.store.database import Database
from tests.real.place import Place, open_place
from tests.real.twin import Twin
from tests.real.vectors import Vector, organisation, systems, vectors

REASONS = {"time passes", "an effect fails", "the case answers for another process"}
"""Why a case may be left out: the clock of the server cannot be set forward, the systems do what they are asked."""

SIDE_BY_SIDE = 12
AT_LEAST = 60
MOST_LEFT_OUT = 80


@pytest.mark.timeout(600)
async def test_the_vectors_go_the_same_way_through_the_api_on_a_real_temporal_server(
    database: Database, temporal: Client
) -> None:
    played = [vector for vector in vectors() if vector.left_out is None]
    used = systems(vector.stage().process for vector in played)

    async with open_place(database, temporal, organisation(), used) as place:
        gate = asyncio.Semaphore(SIDE_BY_SIDE)
        twins = await asyncio.gather(*(play(place, vector, gate) for vector in played))

    went_another_way = {
        vector.case.name: twin.differences for vector, twin in zip(played, twins, strict=True) if twin.differences
    }
    assert not went_another_way, "\n".join(f"{name}: {said}" for name, said in went_another_way.items())
    assert len(twins) >= AT_LEAST


def test_a_vector_is_left_out_only_for_a_reason_of_a_short_list() -> None:
    left_out = Counter(vector.left_out for vector in vectors() if vector.left_out is not None)

    assert set(left_out) <= REASONS
    assert left_out.total() <= MOST_LEFT_OUT


async def play(place: Place, vector: Vector, gate: asyncio.Semaphore) -> Twin:
    twin = Twin(place, vector.key, vector.stage())
    async with gate:
        await twin.play(vector.case)
    return twin
