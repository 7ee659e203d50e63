"""Tens of thousands of random sequences of commands keep the laws of `swarm.py`.

`make swarm` looks for longer. A sequence that fails is told by its number: `sequence(number).play()` plays it again.
"""

import os

import pytest

from tests.process.grid import EVERY, Steered
from tests.process.swarm import Sequence

IN_CI = 50_000
SEQUENCES = int(os.environ.get("POSTROAD_SEQUENCES", IN_CI))
SHARDS = 10


def sequence(number: int) -> Sequence:
    """One in a few is steered to a combination of its own."""
    return Sequence(number) if number % EVERY else Steered(number)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_people_press_every_press_has_one_outcome_and_every_approval_ends(shard: int) -> None:
    for number in range(shard, SEQUENCES, SHARDS):
        try:
            sequence(number).play()
        except Exception as error:
            raise AssertionError(f"sequence {number}: {error}") from error
