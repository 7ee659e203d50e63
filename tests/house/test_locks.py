import re

import pytest

from tests.house.tree import read

LOCKS = ("requirements.lock", "requirements-demo.lock", "requirements-dev.lock")


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", read(name), flags=re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    assert "://" not in read(name)


@pytest.mark.parametrize("name", LOCKS)
def test_every_pinned_package_has_hashes(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", read(name), flags=re.MULTILINE)[1:]

    assert len(entries) == len(_pins(name))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_production_and_demo_run_the_versions_that_were_tested() -> None:
    tested = _pins("requirements-dev.lock")

    for name in ("requirements.lock", "requirements-demo.lock"):
        assert _pins(name).items() <= tested.items()
