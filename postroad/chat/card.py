"""What a card says about a task: pure, and the same for every platform."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from zoneinfo import ZoneInfo

from postroad.chat.token import ButtonTokens
from postroad.chat.words import BUTTONS, DONE, STYLES, Style, words
from postroad.model.base import Fact
from postroad.model.decision import Action, Answer, Click, Verdict
from postroad.model.label import Label
from postroad.model.task import InstanceView, Task, TaskKind, TaskState
from postroad.process import sight

StatusKind = Literal["open", "agreed", "rejected", "closed", "pending", "error"]
OpinionMode = Literal["none", "optional", "required"]


class Look(Fact):
    """How this company shows cards: the address of the web pages, the language (zh or en) and the time zone."""

    link_base: str
    lang: str = "zh"
    zone: str = "Asia/Shanghai"

    def say(self, label: Label) -> str:
        return label.text(self.lang)

    def time(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self.zone)):%m-%d %H:%M}"


class Button(Fact):
    """`token` is empty until the card is about to be sent."""

    action: Action
    label: str
    style: Style
    token: str = ""


class Card(Fact):
    """The content of a card, for one person. `digest` tells whether two cards look alike.

    `link` leads into the application; `pages` is where the one-task page is of a person who still may act.
    """

    task: str
    person: str
    form_hash: str
    title: str
    subtitle: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    status: str = ""
    status_kind: StatusKind = "open"
    by: str = ""
    note: str = ""
    opinion: OpinionMode = "none"
    link: str
    pages: str = ""
    buttons: tuple[Button, ...] = ()

    @property
    def digest(self) -> str:
        said = self.model_dump(mode="json", exclude={"buttons": {"__all__": {"token"}}, "pages": True, "link": True})
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def signed(self, tokens: ButtonTokens, expires: datetime) -> "Card":
        """The same card with a token on every button, and linked to the page of its task if its person may act."""
        buttons = tuple(
            button.model_copy(
                update={"token": tokens.issue(self.task, self.person, button.action, self.form_hash, expires)}
            )
            for button in self.buttons
        )
        page = f"{self.pages}/{tokens.pages.issue(self.task, self.person, expires)}" if self.pages else self.link
        return self.model_copy(update={"buttons": buttons, "link": page})


def card_of(
    task: Task, instance: InstanceView, look: Look, names: Mapping[str, str], *, person: str | None = None
) -> Card:
    """The card of this task as it is now, for its person, or for `person`, who acts or acted for its person.

    `names` has the names of the people it mentions, by id. It shows what the task lets that one see of the instance,
    and no more.
    """
    person = person or task.person
    seen = sight.of_person(person, instance, [task])
    [task], instance = seen.tasks([task], instance), seen.instance(instance)
    is_over = task.state is not TaskState.OPEN or task.kind is TaskKind.CC
    is_open = not is_over and person in task.people
    status, kind = _closed(task, look) if is_over else ("", "open")
    if not is_over and not is_open:
        status, kind = look.say(words("no_longer")), "closed"
    return Card.model_validate(
        {
            "task": task.id,
            "person": person,
            "form_hash": task.form_hash,
            "title": f"{look.say(task.title)} · {instance.number}",
            "subtitle": _subject(instance, look),
            "lines": _lines(task, instance, look, names),
            "status": status,
            "status_kind": kind,
            "by": "" if is_open else _by(task, look, names),
            "note": _note(task, look, is_open=is_open),
            "opinion": "optional" if is_open and _may_speak(task) else "none",
            "link": f"{look.link_base.rstrip('/')}/instances/{instance.id}",
            "pages": f"{look.link_base.rstrip('/')}/m/t" if is_open else "",
            "buttons": _buttons(task, look) if is_open else (),
        }
    )


def after_click(
    task: Task, instance: InstanceView, look: Look, names: Mapping[str, str], *, click: Click, answer: Answer
) -> Card:
    """The card that answers a press, before the database has heard of its outcome.

    An accepted press closes the card, unless it leaves the task to be decided. For any other outcome `task` is shown as
    it is, with the answer as its note.
    """
    person = click.actor
    if answer.verdict is Verdict.ACCEPTED and task.state is TaskState.OPEN and click.action in DONE:
        closed = {
            "state": TaskState.DONE,
            "action": click.action,
            "decided_by": click.actor,
            "opinion": click.opinion,
            "closed_at": click.at,
            "actions": (),
        }
        return card_of(task.model_copy(update=closed), instance, look, names, person=person)
    shown = card_of(task, instance, look, names, person=person)
    return shown.model_copy(update={"note": look.say(answer.message)})


def pending(card: Card, look: Look) -> Card:
    """The card of a press that was received and not yet decided: no buttons, so that nobody presses again."""
    told = {"status": look.say(words("pending")), "status_kind": "pending", "opinion": "none", "buttons": ()}
    return card.model_copy(update=told)


def _subject(instance: InstanceView, look: Look) -> str:
    said = instance.fields.get("title")
    return said if isinstance(said, str) and said else look.say(instance.title)


def _lines(task: Task, instance: InstanceView, look: Look, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Who, how much, what the process lists, and why it came to this person."""
    lines = [(look.say(words("applicant")), names.get(instance.initiator, instance.initiator))]
    amount = money(instance.fields.get("amount"), instance.fields.get("currency"))
    if amount:
        lines.append((look.say(words("amount")), amount))
    said = {instance.number, instance.initiator, str(instance.fields.get("amount")), _subject(instance, look)}
    shown = [(label, value) for label, value in instance.card if value.zh and value.zh not in said]
    lines += [(look.say(label), names.get(value.zh) or look.say(value)) for label, value in shown]
    if task.due_at:
        lines.append((look.say(words("due")), look.time(task.due_at)))
    if task.reason:
        lines.append((look.say(words("why_me")), look.say(task.reason)))
    return tuple(lines)


def money(amount: Any, currency: Any) -> str:
    """`28000.00` and `CNY` as `28,000.00 CNY`; what is no amount is shown as it is."""
    if amount is None or amount == "":
        return ""
    try:
        figure = Decimal(str(amount))
        shown = f"{figure:,.2f}" if figure == round(figure, 2) else f"{figure:,f}"
    except (InvalidOperation, ValueError):
        shown = str(amount)
    return f"{shown} {currency}" if currency else shown


def _closed(task: Task, look: Look) -> tuple[str, str]:
    if task.kind is TaskKind.CC:
        return look.say(words("cc")), "closed"
    if task.state is TaskState.WAITING:
        return look.say(words("waiting")), "pending"
    if task.state is TaskState.CANCELLED:
        return look.say(words("cancelled")), "closed"
    if task.action is None:
        return look.say(words("by_the_system")), "closed"
    label, kind = DONE[task.action]
    return look.say(label), kind


def _by(task: Task, look: Look, names: Mapping[str, str]) -> str:
    who = task.signed_by(names.get(task.decided_by, task.decided_by)) if task.decided_by else ""
    at = look.time(task.closed_at) if task.closed_at else ""
    return " ".join(part for part in (who, at) if part)


def _note(task: Task, look: Look, *, is_open: bool) -> str:
    """What went wrong or why it was cancelled; the opinion given; or that a rejection needs one."""
    if task.cause:
        return look.say(task.cause)
    if task.opinion:
        return task.opinion
    return look.say(words("opinion_needed")) if is_open and task.opinion_needed else ""


def _may_speak(task: Task) -> bool:
    return task.opinion_needed or bool(
        {Action.APPROVE, Action.REJECT, Action.COMPLETE, Action.ADVISE} & set(task.actions)
    )


def _buttons(task: Task, look: Look) -> tuple[Button, ...]:
    """At most four, in the order of the task's actions; handing on to somebody needs the web page."""
    offered = [action for action in task.actions if action in BUTTONS]
    return tuple(
        Button(action=one, label=look.say(BUTTONS[one]), style=STYLES.get(one, "default")) for one in offered[:4]
    )


class Nudge(Fact):
    """A short message that points to a task: what it is, what is the matter, and where to see it."""

    title: str
    text: str
    link: str


def nudge_of(card: Card) -> Nudge:
    """The message that reminds of the task that a card shows."""
    return Nudge(title=card.title, text=card.note, link=card.link)


def ref_of(task: str, agent: str | None = None) -> str:
    """The card's id on its platform, always the same, so that sending twice makes one card.

    It is the card of the task's own person, or that of an agent.
    """
    meant = task if agent is None else f"{task} {agent}"
    return "pr-" + hashlib.sha256(meant.encode()).hexdigest()[:32]
