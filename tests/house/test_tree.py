import os

import pytest

from tests.house.tree import ROOT, make_targets, read, shipped

MACHINE_PATHS = tuple(f"/{folder}/" for folder in ("work", "root"))
REGISTRIES = tuple(
    ".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
)


def _text_files() -> list[tuple[str, str]]:
    files = [(str(file.relative_to(ROOT)), file.read_bytes()) for file in shipped()]
    return [(name, content.decode("utf-8", errors="ignore")) for name, content in files if b"\0" not in content]


@pytest.mark.parametrize("word", [*MACHINE_PATHS, *REGISTRIES])
def test_no_file_names_this_machine_or_a_registry(word: str) -> None:
    assert [name for name, text in _text_files() if word in text] == []


def test_every_command_of_the_makefile_says_what_it_does() -> None:
    assert [name for name, text in make_targets().items() if not text] == []


def test_what_ci_runs_can_be_run() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert "make test" in read(".ci/run")
