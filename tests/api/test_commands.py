import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import Result
from typer.testing import CliRunner

from api.__main__ import app
from tests.temporal import DevServer

ROOT = Path(__file__).parents[2]
PROCESSES = ROOT / "processes"
PURCHASE = PROCESSES / "purchase-approval"


@pytest.fixture
def environment(database_url: str, dev_server: DevServer) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("POSTROAD_", "TEMPORAL_"))}
    return kept | {
        "POSTROAD_DATABASE_URL": database_url,
        "POSTROAD_CONNECTORS_FILE": str(ROOT / "processes" / "connectors.yaml"),
        "POSTROAD_PROCESSES_DIR": str(PROCESSES),
        "POSTROAD_ORGANISATION_FILE": str(PROCESSES / "organisation.yaml"),
        "POSTROAD_API_PORT": "0",
        "TEMPORAL_ADDRESS": dev_server.address,
        "PYTHONUNBUFFERED": "1",
    }


def run(environment: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(app, list(words), env=environment)


def test_what_was_prepared_is_served(environment: dict[str, str]) -> None:
    for word in ("migrate", "people", "publish"):
        done = run(environment, word)
        assert done.exit_code == 0, done.output
    secret = run(environment, "token", "demo", "--scope", "read").stdout.strip()

    command = [sys.executable, "-m", "api"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as serving:
        try:
            url = _address(serving)
            told = httpx.get(f"{url}/api/v1/processes", headers={"Authorization": f"Bearer {secret}"}, trust_env=False)
            ready = httpx.get(f"{url}/readyz", trust_env=False)
        finally:
            serving.send_signal(signal.SIGTERM)

    assert [one["release"] for one in told.json()] == ["after-sales@1", "order-production@1", "purchase-approval@1"]
    assert ready.json()["ready"] is True


def _address(serving: subprocess.Popen[str]) -> str:
    assert serving.stdout is not None
    said = (json.loads(line) for line in serving.stdout)
    return next(str(line["url"]) for line in said if line["event"] == "api.serving")


def test_a_process_that_is_not_sound_is_not_published(environment: dict[str, str], tmp_path: Path) -> None:
    text = (PURCHASE / "process.yaml").read_text(encoding="utf-8")
    (tmp_path / "process.yaml").write_text(text, encoding="utf-8")  # without the table it names

    refused = run(environment, "publish", str(tmp_path))

    assert refused.exit_code == 1
    assert "purchase-route" in str(refused.exception)


def test_a_process_may_name_a_table_that_is_in_force(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, "publish", str(PURCHASE))
    text = (PURCHASE / "process.yaml").read_text(encoding="utf-8")
    renamed = text.replace("process: purchase-approval", "process: other-approval")
    (tmp_path / "process.yaml").write_text(renamed, encoding="utf-8")

    published = run(environment, "publish", str(tmp_path))

    assert published.stdout.splitlines() == [f"other-approval@1 ← {tmp_path}"]


def test_publishing_the_same_again_is_no_new_release(environment: dict[str, str]) -> None:
    first, again = run(environment, "publish", str(PURCHASE)), run(environment, "publish", str(PURCHASE))

    assert first.stdout.splitlines() == [
        f"purchase-approval@1 ← {PURCHASE}",
        f"purchase-route@1 ← {PURCHASE}",
    ]
    assert again.stdout.splitlines() == first.stdout.splitlines()[:1]


def test_a_token_for_somebody_unknown_is_not_issued(environment: dict[str, str]) -> None:
    refused = run(environment, "token", "phone", "--scope", "act", "--person", "nobody")

    assert (refused.exit_code, getattr(refused.exception, "code", None)) == (1, "unknown")


def test_a_token_is_revoked_once(environment: dict[str, str]) -> None:
    run(environment, "token", "demo", "--scope", "read")
    token_id = run(environment, "tokens").stdout.split()[0]

    revoked, again = run(environment, "revoke", token_id), run(environment, "revoke", token_id)

    assert (revoked.exit_code, again.exit_code) == (0, 1)
    assert "已吊销" in run(environment, "tokens").stdout


def test_several_people_are_given_logins_at_once(environment: dict[str, str]) -> None:
    run(environment, "people")

    told = run(environment, "login", "li=member", "wang=release_approver")
    refused = run(environment, "login", "li=nobody")

    assert [line.split()[0] for line in told.stdout.splitlines()] == ["li", "wang"]
    assert "nobody" in str(refused.exception)


def test_the_code_of_the_first_run_is_printed_until_somebody_can_log_in(environment: dict[str, str]) -> None:
    first = run(environment, "setup-code")
    run(environment, "people")
    run(environment, "login", "li", "--role", "administrator")
    then = run(environment, "setup-code")

    assert (first.exit_code, len(first.stdout.strip())) == (0, 22)
    assert (then.exit_code, "已经有人可以登录" in str(then.exception)) == (1, True)
