from typing import Any

import pytest
from pydantic import ValidationError

from postroad.model.deadline import Deadline


def test_a_rung_is_a_word_or_says_more() -> None:
    said = {"after": "8h", "ladder": ["remind", {"do": "transfer", "to": {"role": "deputy"}, "after": "4h"}, "admin"]}
    deadline = Deadline.model_validate(said)

    assert [rung.do for rung in deadline.ladder] == ["remind", "transfer", "admin"]
    assert deadline.waits == ("8wh", "4wh", "8wh")
    assert Deadline.model_validate_json(deadline.model_dump_json()) == deadline


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"after": "soon"}, "a duration is written"),
        ({"after": "0h"}, "should be more than nothing"),
        ({"after": "30m"}, "for 30m say calendar: clock"),
        ({"after": "3000d"}, "more than 2500wd"),
        ({"ladder": []}, "at least 1 item"),
        ({"ladder": ["wait"]}, "Input should be"),
        ({"ladder": [{"do": "remind", "after": "1s"}]}, r"ladder\[0\].after"),
        ({"ladder": ["transfer"]}, "a transfer, and only a transfer, says to whom"),
        ({"ladder": [{"do": "remind", "to": {"person": "a"}}]}, "a transfer, and only a transfer, says to whom"),
        ({"ladder": ["pass", "remind"]}, r"ladder\[0\].*only the last rung"),
        ({"ladder": ["remind"], "warn": "1h"}, "warn belongs to a ladder that ends"),
        ({"ladder": ["pass"], "warn": "8h"}, "should be shorter than the 8h"),
        ({"ladder": ["remind", {"do": "return", "after": "2h"}], "warn": "3h"}, "should be shorter than the 2h"),
    ],
)
def test_a_deadline_that_makes_no_sense_is_refused_with_the_reason(said: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Deadline.model_validate({"after": "8h", "ladder": ["remind"], **said})
