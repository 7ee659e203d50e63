import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, code_in, documents, make_targets, read

OURS = ("postroad", "api", "workers", "sandbox", "demo", "bench")


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_stays_short(name: str) -> None:
    assert len(read(name).splitlines()) <= 110


def test_both_readmes_name_the_same_commands() -> None:
    english, chinese = (set(re.findall(r"(?:make|python -m) [a-z ]+", read(f"README{x}.md"))) for x in ("", ".zh-CN"))

    assert english == chinese


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]

    assert [link for link in local if not (document.parent / link).exists()] == []


def test_every_make_command_in_the_documents_exists() -> None:
    named = {name for document in documents() for name in re.findall(r"\bmake ([a-z-]+)", code_in(document))}

    assert named - set(make_targets()) == set()


def _module_commands() -> list[tuple[str, ...]]:
    found = {
        (module, command) if command else (module,)
        for document in documents()
        for module, command in re.findall(r"python -m ([a-z_]+)(?: ([a-z][a-z-]*)\b)?", code_in(document))
        if module in OURS
    }
    return sorted(found)


@pytest.mark.parametrize("command", _module_commands(), ids=" ".join)
def test_every_python_command_in_the_documents_exists(command: tuple[str, ...]) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", *command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert asked.returncode == 0, asked.stderr


def test_the_changelog_speaks_of_this_version() -> None:
    version = re.search(r'^version = "(.+)"', read("pyproject.toml"), flags=re.MULTILINE)
    assert version is not None

    headings = re.findall(r"^## \[(.+?)\]", read("CHANGELOG.md"), flags=re.MULTILINE)

    assert headings[0] == "Unreleased"
    assert version[1] in headings


@pytest.mark.parametrize("decision", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_is_short_and_says_what_was_decided(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 35
    assert "\n## Context\n" in text
    assert "\n## Decision\n" in text


def test_every_dependency_has_its_reason() -> None:
    listed = re.search(r"^dependencies = \[(.*?)^\]", read("pyproject.toml"), flags=re.MULTILINE | re.DOTALL)
    assert listed is not None
    names = re.findall(r'"([A-Za-z0-9-]+)', listed[1])

    reasons = read("docs/decisions/0006-the-dependencies-we-took.md").lower()

    assert [name for name in names if name.lower() not in reasons] == []
