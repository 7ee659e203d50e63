"""For which reminders of a task a phone rings; the card says every one of them."""

from datetime import datetime, timedelta

from postroad.model.task import Task, TaskState
from postroad.store.cards import CardRow

APART = timedelta(minutes=30)
"""How long a phone is left alone after it rang for a task."""


def are_new(task: Task, card: CardRow) -> bool:
    """Whether the task, which can be done now, was reminded of more often than was noted for this card."""
    return task.state is TaskState.OPEN and task.reminders > card.reminded


def ring(task: Task, card: CardRow, now: datetime) -> bool:
    """Whether the phone of this card's person rings.

    While somebody acts for the task's person it is the agent's, and whoever is away is left alone. Nor does it ring for
    a card that is new on it, which did so by itself, or soon after it rang.
    """
    is_new_there = card.sent_at is None
    rang_just_now = card.reminded_at is not None and now - card.reminded_at < APART
    return card.person == (task.agent or task.person) and not is_new_there and not rang_just_now
