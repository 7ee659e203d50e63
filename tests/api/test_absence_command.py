from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from api.__main__ import app
from postroad.model.refusals import Malformed
from tests.api.test_people_command import environment, people

__all__ = ["environment"]

PEOPLE = "工号,姓名\nchen,陈静\nwang,王强\n"
DAYS = ("--from", "2099-01-01T00:00+08:00", "--to", "2099-01-08T00:00+08:00")


def _absences(environment: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(app, ["absences", *words], env=environment)


@pytest.fixture(autouse=True)
def _company(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    assert people(environment, str(file)).exit_code == 0


def test_an_absence_is_said_listed_and_ended(environment: dict[str, str]) -> None:
    said = _absences(environment, "add", "chen", "wang", *DAYS, "--cap", "5000", "--open-tasks")
    listed = _absences(environment, "list", "--person", "wang")
    number = listed.stdout.split()[0]
    ended = _absences(environment, "revoke", number)

    assert said.stdout == listed.stdout
    assert "王强（wang） 代 陈静（chen）" in listed.stdout
    assert "≤ 5000" in listed.stdout
    assert (ended.exit_code, _absences(environment, "list").stdout) == (0, "")


@pytest.mark.parametrize("days", [("--from", "2099-01-01", "--to", "2099-01-08"), ("--from", "soon", "--to", "later")])
def test_a_time_without_a_zone_is_refused(environment: dict[str, str], days: tuple[str, ...]) -> None:
    assert isinstance(_absences(environment, "add", "chen", "wang", *days).exception, Malformed)
