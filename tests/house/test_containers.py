import re
from typing import Any

import pytest
import yaml

from postroad.settings import Settings
from sandbox.settings import SandboxSettings
from tests.house.tree import ROOT, read

COMPOSE: dict[str, Any] = yaml.safe_load(read("docker-compose.yml"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PINNED = re.compile(r"[a-z0-9./-]+:v?\d+\.\d+[\w.-]*")


def _one_shots() -> set[str]:
    needs = [need for service in SERVICES.values() for need in service.get("depends_on", {}).items()]
    return {name for name, need in needs if need["condition"] == "service_completed_successfully"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_has_a_version(name: str) -> None:
    assert PINNED.fullmatch(SERVICES[name]["image"])


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_comes_back_after_a_crash(name: str) -> None:
    assert SERVICES[name]["restart"] in {"unless-stopped", "on-failure:5"}


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - _one_shots()))
def test_every_service_that_stays_tells_its_health(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


def test_there_are_two_workers() -> None:
    assert sum(service.get("command", [])[:3] == ["python", "-m", "workers"] for service in SERVICES.values()) == 2


def _variables(prefix: str) -> set[str]:
    settings = [name for service in SERVICES.values() for name in service.get("environment", {})]
    return {name for name in settings if name.startswith(prefix)}


def test_every_setting_of_the_product_exists() -> None:
    known = {f"POSTROAD_{field}".upper() for field in Settings.model_fields}

    assert _variables("POSTROAD_") - known == set()


def test_every_setting_of_the_sandbox_exists() -> None:
    known = {f"SANDBOX_{field}".upper() for field in SandboxSettings.model_fields}
    asked_by_connectors = set(re.findall(r"\$\{env:([A-Z_]+)", read("processes/connectors.yaml")))

    assert _variables("SANDBOX_") - known - asked_by_connectors == set()


def test_no_secret_stands_in_the_file() -> None:
    settings = [pair for service in SERVICES.values() for pair in service.get("environment", {}).items()]
    secrets = [(name, value) for name, value in settings if re.search(r"SECRET|PASSWORD|PWD|TOKEN_KEYS", name)]

    assert secrets
    assert [name for name, value in secrets if not value.startswith("${")] == []


def test_every_named_volume_is_declared() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}

    assert used == set(COMPOSE["volumes"])


def test_the_image_copies_only_what_exists() -> None:
    copied = [
        word for line in re.findall(r"^COPY ([^-].+)$", read("Dockerfile"), re.MULTILINE) for word in line.split()[:-1]
    ]

    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_image_is_pinned_and_does_not_run_as_root() -> None:
    dockerfile = read("Dockerfile")
    base = re.search(r"^FROM (\S+)$", dockerfile, flags=re.MULTILINE)

    assert base
    assert PINNED.fullmatch(base[1])
    assert re.search(r"^USER (?!root)\w+$", dockerfile, flags=re.MULTILINE)
    assert "--require-hashes" in dockerfile
