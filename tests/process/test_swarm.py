"""Tens of thousands of random sequences of commands keep the laws of `swarm.py`.

`make swarm` looks for longer. A sequence that fails is told by its number: `Sequence(number).play()` plays it again.
"""

import os

import pytest

from tests.process.swarm import Sequence

SEQUENCES = int(os.environ.get("POSTROAD_SEQUENCES", "50000"))
SHARDS = 10


@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_people_press_every_press_has_one_outcome_and_every_approval_ends(shard: int) -> None:
    for number in range(shard, SEQUENCES, SHARDS):
        try:
            Sequence(number).play()
        except Exception as error:
            raise AssertionError(f"sequence {number}: {error}") from error
