import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from postroad.__main__ import app

PEOPLE = str(Path(__file__).parents[2] / "processes/organisation.yaml")
BUYERS = "{role: buyer, strategy: least_loaded}"


def _run(spec: str, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["assign", spec, "--organisation", PEOPLE, *options])
    return done.exit_code, done.output


def test_it_says_who_would_be_chosen_and_why() -> None:
    code, said = _run(BUYERS, "--loads", '{"chen": {"tasks": 2, "minutes": 90}}')

    assert code == 0
    assert said.splitlines() == [
        "→ 周涛（zhou）：未办 0 项共 0 小时，最少",
        "  周涛（zhou） | 0 / 0 min",
        "  陈静（chen） | 2 / 90 min",
    ]


def test_it_prints_the_whole_trace() -> None:
    code, said = _run("{role: buyer, strategy: sticky, same: '{customer}'}", "--before", "zhou", "--json",
                      "--variables", '{"customer": "K1"}')  # fmt: skip

    assert code == 0
    assert json.loads(said)["choice"]["people"][0]["person"] == "zhou"


@pytest.mark.parametrize(
    ("spec", "options", "said"),
    [
        ("{role: buyer}", (), "缺少 strategy"),
        ("{role: buyer, strategy: luck}", (), "strategy"),
        (BUYERS, ("--loads", '{"chen": 3}'), "--loads"),
    ],
)
def test_what_cannot_be_read_is_refused(spec: str, options: tuple[str, ...], said: str) -> None:
    code, output = _run(spec, *options)

    assert code == 1
    assert said in output
