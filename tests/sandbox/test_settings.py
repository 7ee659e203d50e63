import re
from pathlib import Path
from typing import get_args

import httpx
import pytest
from starlette.routing import Mount

from sandbox.__main__ import CommandLine
from sandbox.app import create_app
from sandbox.dingtalk.templates import template
from sandbox.faults import KINDS_OF_TARGET, Kind
from sandbox.people import DEMO_PEOPLE
from sandbox.settings import SandboxSettings
from tests.serving import served

PAGE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")


def documented(heading: str) -> set[str]:
    """The names in the first column of the table under a heading."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `([^`]+)`", section, flags=re.MULTILINE))


def test_every_setting_is_documented() -> None:
    assert documented("Settings") == {f"SANDBOX_{name.upper()}" for name in SandboxSettings.model_fields}


def test_every_kind_of_fault_is_documented() -> None:
    assert documented("Faults") == set(get_args(Kind))


def test_every_kind_of_fault_has_a_target() -> None:
    assert set().union(*KINDS_OF_TARGET.values()) == set(get_args(Kind))


def test_every_person_of_the_demo_is_documented() -> None:
    assert documented("People") == set(DEMO_PEOPLE)


def test_every_card_variable_is_documented() -> None:
    variables = template("postroad-approval.schema").variables

    assert documented("The approval card") == {re.sub(r"^button\d$", "button1 … button4", name) for name in variables}


def test_every_address_is_documented() -> None:
    app = create_app()
    platform = next(route for route in app.routes if isinstance(route, Mount) and route.path == "/dingtalk")
    paths = {*app.openapi()["paths"], *(f"/dingtalk{path}" for path in platform.app.openapi()["paths"])}

    assert len(paths) > 25
    assert {path for path in paths if f"{path}`" not in PAGE} == set()


def test_flags_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_PORT", "1")
    monkeypatch.setenv("SANDBOX_PEOPLE", '{"li": "李四"}')

    settings = CommandLine(_cli_parse_args=["--port", "2", "--erp-events-url", "http://127.0.0.1:3/events"])

    assert (settings.port, settings.erp_events_url, settings.people) == (2, "http://127.0.0.1:3/events", {"li": "李四"})


def test_the_home_page_lists_the_links_it_was_given() -> None:
    settings = SandboxSettings(links=[{"label": "待办中心", "url": "http://127.0.0.1:8000"}])
    with served(create_app(settings)) as url:
        links = httpx.get(f"{url}/links.json", trust_env=False).json()

    assert links == [{"label": "待办中心", "url": "http://127.0.0.1:8000"}]
