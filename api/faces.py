from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from activities.cards import BUTTONS_LAST, on_card
from postroad.chat.card import Card, Look, after_click, card_of, pending
from postroad.chat.token import ButtonTokens
from postroad.model.decision import Answer, Click, Verdict
from postroad.model.task import InstanceView, Task, TaskState
from postroad.store.instances import Instances
from postroad.store.people import People
from postroad.store.tasks import Tasks


@dataclass(frozen=True)
class Face:
    """A task with all that its card speaks of, as the database has them now."""

    task: Task
    instance: InstanceView
    names: dict[str, str]


class Faces:
    """Draws the cards that answer presses."""

    def __init__(self, look: Look, tokens: ButtonTokens) -> None:
        self._look, self._tokens = look, tokens

    def pending(self, face: Face, person: str) -> Card:
        return pending(card_of(face.task, face.instance, self._look, face.names, person=person), self._look)

    def answered(self, face: Face, click: Click, answer: Answer, now: datetime) -> Card:
        """The card after this outcome; a repeated press sees what the first one saw."""
        outcome = answer.first if answer.verdict is Verdict.DUPLICATE and answer.first else answer.verdict
        if outcome is Verdict.ACCEPTED and face.task.state is not TaskState.OPEN:
            return card_of(face.task, face.instance, self._look, face.names, person=click.actor)
        told = answer.model_copy(update={"verdict": outcome})
        card = after_click(face.task, face.instance, self._look, face.names, click=click, answer=told)
        return card.signed(self._tokens, now + BUTTONS_LAST)


async def face_of(session: AsyncSession, task_id: str) -> Face | None:
    """None for a task that the database does not know."""
    task = await Tasks(session).find(task_id)
    view = await Instances(session).find(task.instance) if task else None
    if task is None or view is None:
        return None
    decided = task.model_copy(update={"decided_by": task.decided_by or task.person})
    return Face(task, view, await People(session).names(on_card(decided, view)))
