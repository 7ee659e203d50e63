from datetime import timedelta

import pytest

from postroad.chat.card import after_click, card_of, money, pending, ref_of
from postroad.model.decision import Action, Answer, Click, Verdict
from postroad.model.label import Label
from postroad.model.task import Task, TaskKind, TaskState
from tests.chat.things import ENGLISH, LOOK, NAMES, NOW, TOKENS, approved, card, instance, task

SAID = Label(zh="您不是处理人", en="This is not your task")


def press(action: Action = Action.APPROVE) -> Click:
    return Click(id="c1", task=task().id, actor="chen", action=action, opinion="同意采购", at=NOW)


def test_an_open_card_says_what_from_whom_how_much_and_why_me() -> None:
    shown = card_of(task(), instance(), LOOK, NAMES)

    assert (shown.title, shown.subtitle) == ("采购审批 · PR-2026-0001", "钢板 20 吨")
    assert shown.lines == (
        ("申请人", "李四"),
        ("金额", "28,000.00 CNY"),
        ("部门", "生产部"),
        ("为什么是我", "采购专员（category=steel）"),
    )


def test_a_card_shows_no_field_that_its_task_hides() -> None:
    lines = ((Label.of("部门"), Label.of("生产部")), (Label.of("物料"), Label.of("steel")))
    view = instance(fields={"title": "钢板 20 吨", "amount": "28000.00", "category": "steel"}, card=lines)
    view = view.model_copy(update={"card_fields": ("department", "category")})
    hidden = {"title": "hidden", "amount": "hidden", "category": "hidden"}

    shown = card_of(task(fields=hidden), view, LOOK, NAMES)

    assert (shown.subtitle, shown.lines) == ("采购审批", (("申请人", "李四"), ("部门", "生产部")))


def test_a_change_of_a_hidden_field_changes_no_card() -> None:
    dearer = instance(fields={**instance().fields, "amount": "1"})
    before, after = [card_of(task(fields={"amount": "hidden"}), view, LOOK, NAMES) for view in (instance(), dearer)]

    assert (before.digest == after.digest, card_of(task(), dearer, LOOK, NAMES).digest == after.digest) == (True, False)


def test_a_card_leads_whoever_may_act_to_a_page_of_their_own_and_others_to_the_instance() -> None:
    page, _, word = card().link.rpartition("/")
    claim = TOKENS.pages.read(word, NOW)

    assert (page, claim) == ("https://postroad.example/m/t", (task().id, task().person))
    assert card(approved()).link == "https://postroad.example/instances/purchase-approval:erp:PR-2026-0001:1"


def test_an_open_approval_can_be_approved_or_rejected_but_not_handed_on() -> None:
    buttons = card_of(task(), instance(), LOOK, NAMES).buttons

    assert [(one.action, one.label, one.style) for one in buttons] == [
        (Action.APPROVE, "同意", "primary"),
        (Action.REJECT, "驳回", "danger"),
    ]


def test_a_card_speaks_the_language_of_the_company() -> None:
    shown = card_of(task(), instance(), ENGLISH, NAMES)

    assert (shown.lines[0][0], shown.buttons[0].label) == ("Applicant", "Approve")


def test_a_decided_card_says_who_and_when_in_the_companys_zone() -> None:
    shown = card_of(approved(), instance(), LOOK, NAMES)

    assert (shown.status, shown.status_kind, shown.by, shown.buttons) == ("已同意", "agreed", "陈静 11-22 14:03", ())


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        (Action.REJECT, "已驳回", "rejected"),
        (Action.COMPLETE, "已办结", "agreed"),
        (Action.RESUBMIT, "已重新提交", "closed"),
        (Action.WITHDRAW, "已撤回", "closed"),
        (Action.TRANSFER, "已转交", "closed"),
        (Action.RETRY, "已重试", "closed"),
        (Action.SKIP, "已跳过", "closed"),
    ],
)
def test_every_decision_has_its_words(action: Action, status: str, kind: str) -> None:
    shown = card_of(approved(action=action), instance(), LOOK, NAMES)

    assert (shown.status, shown.status_kind) == (status, kind)


def test_a_cancelled_card_says_why() -> None:
    gone = task(state=TaskState.CANCELLED, cause="申请人已撤回 / withdrawn", closed_at=NOW, actions=())

    shown = card_of(gone, instance(), LOOK, NAMES)

    assert (shown.status, shown.status_kind, shown.note) == ("已取消", "closed", "申请人已撤回 / withdrawn")


def test_a_trouble_says_what_went_wrong_and_offers_a_way_out() -> None:
    trouble = task(kind=TaskKind.EXCEPTION, actions=(Action.RETRY, Action.SKIP), cause="ERP 拒绝", opinion_needed=False)

    shown = card_of(trouble, instance(), LOOK, NAMES)

    assert (shown.note, [one.label for one in shown.buttons]) == ("ERP 拒绝", ["重试", "跳过"])


@pytest.mark.parametrize("state", [TaskState.OPEN, TaskState.DONE])
def test_a_copy_informs_and_asks_nothing(state: TaskState) -> None:
    shown = card_of(task(kind=TaskKind.CC, state=state), instance(), LOOK, NAMES)

    assert (shown.status, shown.buttons, shown.opinion) == ("抄送", (), "none")


def test_a_rejection_that_needs_an_opinion_is_announced() -> None:
    shown = card_of(task(opinion_needed=True), instance(), LOOK, NAMES)

    assert (shown.opinion, shown.note) == ("optional", "驳回时请填写意见")


def test_cards_that_look_alike_have_one_digest_whatever_their_tokens() -> None:
    plain = card_of(task(), instance(), LOOK, NAMES)

    assert plain.digest == plain.signed(TOKENS, NOW + timedelta(days=30)).digest


@pytest.mark.parametrize("other", [approved(), task(form_hash="0" * 16), task(reason="代理"), task(actions=())])
def test_cards_that_differ_in_anything_have_different_digests(other: Task) -> None:
    assert card_of(other, instance(), LOOK, NAMES).digest != card_of(task(), instance(), LOOK, NAMES).digest


def test_every_button_carries_a_token_for_itself() -> None:
    claims = {TOKENS.read(button.token, NOW).action: button.action for button in card().buttons}

    assert claims == {Action.APPROVE: Action.APPROVE, Action.REJECT: Action.REJECT}


def test_an_accepted_press_shows_the_decision_before_the_database_knows_it() -> None:
    answer = Answer(click="c1", verdict=Verdict.ACCEPTED, message=Label(zh="已同意", en="Approved"))

    shown = after_click(task(), instance(), LOOK, NAMES, click=press(), answer=answer)

    assert shown.digest == card_of(approved(opinion="同意采购"), instance(), LOOK, NAMES).digest


def test_a_refused_press_leaves_the_card_open_with_the_reason() -> None:
    answer = Answer(click="c1", verdict=Verdict.FORBIDDEN, message=SAID)

    shown = after_click(task(), instance(), LOOK, NAMES, click=press(), answer=answer)

    assert (shown.status, shown.note, len(shown.buttons)) == ("", "您不是处理人", 2)


def test_the_cards_of_person_and_agent_end_alike() -> None:
    end = approved(name="陈静", agent="wang", agent_name="王强", decided_by="wang")

    cards = [card_of(end, instance(), LOOK, NAMES, person=person) for person in ("chen", "wang")]

    assert [card.by for card in cards] == ["王强 代 陈静 11-22 14:03"] * 2
    assert cards[0].model_copy(update={"person": "wang"}) == cards[1]


def test_a_press_by_the_agent_shows_the_decision_before_the_database_knows_it() -> None:
    answer = Answer(click="c1", verdict=Verdict.ACCEPTED, message=Label(zh="已同意", en="Approved"))
    open_, acted = {"name": "陈静", "agent": "wang"}, press().model_copy(update={"actor": "wang"})

    shown = after_click(task(**open_), instance(), LOOK, NAMES, click=acted, answer=answer)

    end = approved(**open_, decided_by="wang", opinion="同意采购")
    assert shown.digest == card_of(end, instance(), LOOK, NAMES, person="wang").digest


def test_the_card_of_somebody_who_no_longer_acts_says_so_and_has_no_buttons() -> None:
    shown = card_of(task(former_agents=("wang",)), instance(), LOOK, NAMES, person="wang")

    assert (shown.status, shown.status_kind, shown.buttons) == ("不再代理", "closed", ())


def test_a_press_whose_outcome_is_unknown_shows_that_it_was_received() -> None:
    shown = pending(card(), LOOK)

    assert (shown.status, shown.status_kind, shown.buttons) == ("已收到，处理中", "pending", ())


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("28000.00", "CNY", "28,000.00 CNY"),
        ("1234567.5", "CNY", "1,234,567.50 CNY"),
        ("0.005", "USD", "0.005 USD"),
        (4999, "", "4,999.00"),
        ("一万", "CNY", "一万 CNY"),
        ("NaN", "CNY", "NaN CNY"),
        (None, "CNY", ""),
    ],
)
def test_amounts_are_grouped_and_never_rounded(amount: object, currency: str, shown: str) -> None:
    assert money(amount, currency) == shown


def test_a_task_always_has_the_same_card() -> None:
    assert ref_of("a/1") == ref_of("a/1") != ref_of("a/2")
