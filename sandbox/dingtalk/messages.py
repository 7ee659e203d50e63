from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from sandbox.clock import Clock
from sandbox.dingtalk.errors import ProtocolBreachError
from sandbox.dingtalk.models import BatchSend, Markdown
from sandbox.people import People


@dataclass(frozen=True)
class Message:
    """`number` counts all messages, from 1."""

    number: int
    user: str
    title: str
    text: str
    at: datetime


class Messages:
    """What the robot wrote to people, oldest first."""

    def __init__(self, people: People, clock: Clock) -> None:
        self._people, self._clock = people, clock
        self._messages: list[Message] = []

    def send(self, order: BatchSend) -> list[str]:
        """Write to everybody who has an account; the others."""
        try:
            said = Markdown.model_validate_json(order.msg_param)
        except ValidationError as wrong:
            raise ProtocolBreachError("msgParam is not the JSON of a sampleMarkdown: title and text") from wrong
        for user in order.user_ids:
            if user in self._people:
                number = len(self._messages) + 1
                self._messages.append(Message(number, user, said.title, said.text, self._clock.now()))
        return [user for user in order.user_ids if user not in self._people]

    def to(self, user: str) -> list[Message]:
        return [message for message in self._messages if message.user == user]
