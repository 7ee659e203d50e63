"""The public conformance suite where it is at hand, and a small one of our own making where it is not."""

from pathlib import Path

import pytest

from tests.exchange.tck import play, report, tck_dir

OWN = Path(__file__).parent / "suite"


def test_our_own_suite_passes_and_names_what_is_beyond_tables() -> None:
    played = play(OWN)

    assert [one.why for one in played if one.result == "failed"] == []
    assert report(played).splitlines()[-1] == "6 passed, 0 failed, 2 unsupported"


@pytest.mark.tck
def test_every_case_of_the_public_suite_that_needs_no_expressions_passes() -> None:
    folder = tck_dir()
    assert folder is not None
    played = play(folder)

    assert [f"{one.name}: {one.why}" for one in played if one.result == "failed"] == []
    assert any(one.result == "passed" for one in played)
