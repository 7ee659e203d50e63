import json

from hypothesis import given
from hypothesis import strategies as st

from postroad.chat.dingtalk.template import MOST_BYTES, cut, params_of
from sandbox.dingtalk.templates import APPROVAL_TEMPLATE, template
from tests.chat.things import NOW, TOKENS, approved, card, task


def test_the_card_fits_the_template() -> None:
    template(APPROVAL_TEMPLATE).check(params_of(card()))


def test_every_variable_is_sent_so_that_nothing_old_stays_on_the_card() -> None:
    assert (
        params_of(card()).keys() == params_of(card(approved())).keys() == template(APPROVAL_TEMPLATE).variables.keys()
    )


def test_a_decided_card_has_no_buttons() -> None:
    params = params_of(card(approved()))

    assert [params[f"button{number}"] for number in range(1, 5)] == ["", "", "", ""]


@given(text=st.text(alphabet='采购a😀é\n"\\', max_size=3000), count=st.integers(0, 30))
def test_whatever_people_write_no_variable_is_longer_than_the_platform_takes(text: str, count: int) -> None:
    full = card(title=text, subtitle=text, note=text, lines=tuple((text, text) for _ in range(count)))

    template(APPROVAL_TEMPLATE).check(params_of(full))


def test_when_lines_must_go_the_reason_why_it_is_me_stays() -> None:
    full = card(lines=(*(("说明", "长" * 200) for _ in range(20)), ("为什么是我", "采购专员")))

    lines = json.loads(params_of(full)["lines"])

    assert lines[-1] == {"k": "为什么是我", "v": "采购专员"}


def test_long_text_is_cut_between_characters() -> None:
    shown = cut("采" * 1000)

    assert (shown[-1], set(shown[:-1]), len(shown.encode()) <= MOST_BYTES) == ("…", {"采"}, True)


def test_a_button_too_long_for_the_platform_is_left_to_the_web_page() -> None:
    long = card().model_copy(update={"task": "任" * 400}).signed(TOKENS, NOW)

    assert params_of(long)["button1"] == ""


def test_a_button_of_an_ordinary_task_fits() -> None:
    assert json.loads(params_of(card(task()))["button1"])["action"] == "approve"
