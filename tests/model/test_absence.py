from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from postroad.model.absence import Absence

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def _absence(first: int = 0, last: int = 5, **facts: Any) -> Absence:
    days = {"from": MONDAY + timedelta(days=first), "to": MONDAY + timedelta(days=last)}
    return Absence.model_validate({"id": "one", "principal": "wang", "agent": "li", **days, **facts})


def test_an_absence_is_written_as_it_is_read() -> None:
    shanghai = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=8)))
    absence = _absence(**{"from": shanghai}, amount_cap="5000.50", processes=["order"], note="年假")

    written = absence.model_dump(mode="json")

    assert (written["from"], written["amount_cap"]) == ("2026-03-02T00:00:00Z", "5000.5")
    assert Absence.model_validate(written) == absence


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"agent": "wang"}, "wang 不能代理本人 / wang cannot"),
        ({"to": MONDAY}, "结束时间必须晚于开始时间 / "),
        ({"to": MONDAY - timedelta(days=1)}, "an absence must end after it begins"),
        ({"from": datetime(2026, 3, 2)}, "timezone"),  # noqa: DTZ001 - what is refused
        ({"amount_cap": "-1"}, "greater than or equal"),
        ({"amount_cap": "NaN"}, "finite"),
        ({"amount_cap": 0.1234567890123456789}, "失去精度"),
        ({"note": "\x00"}, "NUL"),
    ],
)
def test_what_cannot_be_is_refused(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        _absence(**facts)


def test_a_cap_is_exact() -> None:
    assert _absence(amount_cap=0.1).amount_cap == Decimal("0.1")


@pytest.mark.parametrize(
    ("other", "overlap"),
    [
        (_absence(4, 9), True),
        (_absence(5, 9), False),
        (_absence(-3, 0), False),
        (_absence(1, 2, processes=["order"]), True),
        (_absence(1, 2, principal="zhao"), False),
    ],
)
def test_two_agents_at_one_time_overlap(other: Absence, overlap: bool) -> None:
    assert _absence(0, 5).overlaps(other) is overlap
    assert other.overlaps(_absence(0, 5)) is overlap


def test_agents_for_different_processes_do_not_overlap() -> None:
    assert not _absence(processes=["order"]).overlaps(_absence(processes=["repair"]))
