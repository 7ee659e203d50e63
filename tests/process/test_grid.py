"""The swarm leaves no combination to hope: each is met by one of the sequences that every run of the tests plays."""

from tests.process.grid import COMBINATIONS, EVERY, MODES, REJECTS, Steered
from tests.process.test_swarm import IN_CI


def test_every_mode_meets_every_rejection_return_and_way_to_add_people_within_and_outside_a_parallel() -> None:
    missing = set(COMBINATIONS)
    for number in range(0, IN_CI, EVERY):
        if COMBINATIONS[number // EVERY % len(COMBINATIONS)] in missing:
            sequence = Steered(number)
            sequence.play()
            missing -= sequence.reached

    assert missing == set()


def test_the_combinations_are_all_there_are() -> None:
    assert len(COMBINATIONS) == len(MODES) * len(REJECTS) * 2 * 7 * 3
