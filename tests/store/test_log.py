import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from postroad import log


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def _told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_an_event_with_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json")

    structlog.get_logger("api").info("click.answered", task="t1", verdict="accepted", title="采购审批")

    [line] = _told(capsys)
    assert line.pop("timestamp")
    assert line == {
        "event": "click.answered", "level": "info", "task": "t1", "verdict": "accepted", "title": "采购审批"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "secret"),
    [
        ({"token": "abc123"}, "abc123"),
        ({"Authorization": "Bearer abc123"}, "abc123"),
        ({"request": {"headers": [{"X-App-Secret": "abc123"}]}}, "abc123"),
        ({"url": "https://api.example.com/x?access_token=abc123&y=1"}, "abc123"),
        ({"error": "refused: authorization Bearer abc123"}, "abc123"),
        ({"given": "pr_0123456789abcdefghij-KLMNOPQ"}, "0123456789abcdefghij"),
        ({"value": "v1.k1.dDE.Y2hlbg.approve.0123abcd.1767600000.bWFjbWFj"}, "bWFjbWFj"),
    ],
)
def test_secrets_are_hidden_wherever_they_are(
    capsys: pytest.CaptureFixture[str], facts: dict[str, object], secret: str
) -> None:
    log.configure("json")

    structlog.get_logger().warning("call.refused", **facts)

    out = capsys.readouterr().out
    assert log.HIDDEN in out
    assert secret not in out


def test_a_traceback_names_the_error_and_shows_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json")

    def call(password: str) -> None:
        raise RuntimeError(f"GET https://x/?access_token=abc123 failed with {len(password)} letters")

    try:
        call("hunter2" * 2)
    except RuntimeError:
        structlog.get_logger().exception("event.failed")

    [line] = _told(capsys)
    assert "RuntimeError" in str(line["exception"])
    assert "abc123" not in str(line)
    assert "hunter2hunter2" not in str(line)


def test_warnings_of_libraries_join_in_and_their_chatter_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json")

    logging.getLogger("httpx").info("GET https://x/?access_token=abc123")
    logging.getLogger("httpx").warning("retrying token=abc123")

    [line] = _told(capsys)
    assert (line["event"], line["level"]) == ("retrying token=***", "warning")


def test_lines_below_the_level_are_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "warning")

    structlog.get_logger().info("click.answered")

    assert capsys.readouterr().out == ""


def test_on_a_terminal_lines_are_for_reading(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("pretty")

    structlog.get_logger().info("click.answered", task="t1", token="abc123")

    out = capsys.readouterr().out
    assert "click.answered" in out
    assert "task=t1" in out
    assert "abc123" not in out
