import dataclasses
from datetime import timedelta

import pytest
from temporalio.testing import ActivityEnvironment

from activities.pause import pause


def paused(attempt: int, asked: timedelta | None = None) -> float:
    environment = ActivityEnvironment()
    environment.info = dataclasses.replace(environment.info, attempt=attempt)
    return float(environment.run(lambda: pause(asked)).total_seconds())


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 1), (2, 2), (4, 8), (7, 60), (100_000, 60)])
def test_a_system_that_keeps_failing_is_left_alone_for_longer_and_longer(attempt: int, seconds: float) -> None:
    assert paused(attempt) == seconds


def test_a_system_that_says_how_long_is_obeyed() -> None:
    assert paused(5, timedelta(seconds=3)) == 3
