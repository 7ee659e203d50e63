from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroad.chat.token import ButtonClaim, ButtonTokens
from postroad.model.decision import Action
from postroad.model.refusals import Forbidden, Malformed
from tests.chat.things import NOW

TASK = "purchase:erp:PR-1:1/approve/1/1"
LATER = NOW + timedelta(days=30)
OLD, NEW = {"k1": b"old secret"}, {"k1": b"old secret", "k2": b"new secret"}


def a_token(tokens: ButtonTokens) -> str:
    return tokens.issue(TASK, "chen", Action.APPROVE, "f" * 16, LATER)


def test_a_token_says_what_its_button_was_made_for() -> None:
    tokens = ButtonTokens(OLD, "k1")

    claim = tokens.read(a_token(tokens), NOW)

    sent = str(int(LATER.timestamp()))
    assert claim == ButtonClaim(task=TASK, person="chen", action=Action.APPROVE, form_hash="f" * 16, card=sent)


@given(task=st.text(min_size=1, max_size=80), person=st.text(min_size=1, max_size=40))
def test_any_task_and_person_survive_the_way(task: str, person: str) -> None:
    tokens = ButtonTokens(OLD, "k1")

    claim = tokens.read(tokens.issue(task, person, Action.REJECT, "", LATER), NOW)

    assert (claim.task, claim.person) == (task, person)


def test_a_button_expires() -> None:
    tokens = ButtonTokens(OLD, "k1")

    with pytest.raises(Forbidden, match="过期"):
        tokens.read(a_token(tokens), LATER)


def test_buttons_of_the_old_key_still_work_during_a_rotation() -> None:
    before, during = ButtonTokens(OLD, "k1"), ButtonTokens(NEW, "k2")

    assert during.read(a_token(before), NOW).task == TASK


def test_buttons_of_a_key_that_was_removed_no_longer_work() -> None:
    before, after = ButtonTokens(OLD, "k1"), ButtonTokens({"k2": b"new secret"}, "k2")

    with pytest.raises(Malformed):
        after.read(a_token(before), NOW)


@pytest.mark.parametrize("part", range(8))
def test_no_part_of_a_token_can_be_changed(part: int) -> None:
    tokens = ButtonTokens(NEW, "k1")
    parts = a_token(tokens).split(".")
    parts[part] = {0: "v2", 1: "k2", 4: "reject", 6: "99999999999"}.get(part, "d2FuZw")

    with pytest.raises(Malformed):
        tokens.read(".".join(parts), NOW)


@given(st.text(max_size=200))
def test_any_other_text_is_no_token(text: str) -> None:
    with pytest.raises(Malformed):
        ButtonTokens(OLD, "k1").read(text, NOW)


@pytest.mark.parametrize("text", ["v1.k1......", "v1.k1.a.b.c.d.e.\ud800", "v1." * 5000])
def test_hostile_text_is_no_token(text: str) -> None:
    with pytest.raises(Malformed):
        ButtonTokens(OLD, "k1").read(text, NOW)


@pytest.mark.parametrize(("keys", "current"), [({}, "k1"), (OLD, "k2"), ({"k1": b""}, "k1"), ({"k.1": b"x"}, "k.1")])
def test_keys_that_could_sign_nothing_are_refused_at_once(keys: dict[str, bytes], current: str) -> None:
    with pytest.raises(ValueError, match="密钥"):
        ButtonTokens(keys, current)


@pytest.mark.parametrize("keys", [OLD, NEW])
def test_the_word_of_a_page_says_whose_page_of_which_task_it_is(keys: dict[str, bytes]) -> None:
    word = ButtonTokens(OLD, "k1").pages.issue(TASK, "chen", LATER)

    assert ButtonTokens(keys, "k1").pages.read(word, NOW) == (TASK, "chen")


def test_the_word_of_a_page_expires() -> None:
    tokens = ButtonTokens(OLD, "k1")

    with pytest.raises(Forbidden):
        tokens.pages.read(tokens.pages.issue(TASK, "chen", NOW), NOW)


def test_a_word_is_worth_nothing_for_another_purpose() -> None:
    tokens = ButtonTokens(OLD, "k1")
    page, button = tokens.pages.issue(TASK, "chen", LATER), a_token(tokens)

    for read, word in (
        (tokens.read, page),
        (tokens.pages.read, button),
        (tokens.pages.read, page.replace("p1.", "v1.")),
    ):
        with pytest.raises(Malformed):
            read(word, NOW)
