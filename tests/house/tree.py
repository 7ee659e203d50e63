"""The files that ship, and what documents say in them."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs")


def shipped() -> list[Path]:
    """Every file that git has or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [file for file in files if file.is_file()]


def documents() -> list[Path]:
    return [file for file in shipped() if file.suffix == ".md" and file.relative_to(ROOT).parts[0] in DOCUMENTS]


def code_in(document: Path) -> str:
    """Everything the document sets as code, spans and blocks."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", document.read_text(encoding="utf-8"), flags=re.DOTALL))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def make_targets() -> dict[str, str]:
    """Each target of the Makefile that is a command, with its help text."""
    commands = re.search(r"^\.PHONY: (.*)$", read("Makefile"), flags=re.MULTILINE)
    assert commands is not None
    described = dict(re.findall(r"^([a-z-]+):.*?## (.+)$", read("Makefile"), flags=re.MULTILINE))
    return {name: described.get(name, "") for name in commands[1].split()}
