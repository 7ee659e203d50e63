from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from sandbox.dingtalk.cards import Card
from sandbox.dingtalk.clicks import Press
from sandbox.refusals import Refusal
from sandbox.state import CurrentSandbox


class CardView(BaseModel):
    """A card as one person sees it: public variables overlaid by their private ones."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    out_track_id: str = Field(alias="outTrackId")
    params: dict[str, str]
    error: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, card: Card, user: str) -> "CardView":
        return cls(
            out_track_id=card.out_track_id,
            params=card.seen_by(user),
            error=card.errors.get(user),
            created_at=card.created_at,
            updated_at=card.updated_at,
        )

    @property
    def is_open(self) -> bool:
        return not self.params.get("status")


class MessageView(BaseModel):
    """What the robot wrote beside the cards; `text` is Markdown."""

    number: int
    title: str
    text: str
    created_at: datetime


class Conversation(BaseModel):
    user: str
    name: str
    cards: list[CardView]
    messages: list[MessageView]


class PressOutcome(BaseModel):
    """`delivered` means a valid answer came in time; otherwise `error` is on the phone and `detail` says why."""

    delivered: bool
    answer: dict[str, Any] | None
    error: str | None
    detail: str | None
    card: CardView


class PhoneSummary(BaseModel):
    user: str
    name: str
    cards: int
    open: int


router = APIRouter()


def phone_owner(user: str, sandbox: CurrentSandbox) -> str:
    if user not in sandbox.people:
        raise Refusal(404, "no_account", f"{user} 没有钉钉账号", f"{user} has no account", user=user)
    return user


PhoneOwner = Annotated[str, Depends(phone_owner)]


@router.get("/phone/{user}/cards.json")
async def cards(user: PhoneOwner, sandbox: CurrentSandbox) -> Conversation:
    views = [CardView.of(card, user) for card in sandbox.cards.of(user)]
    written = [
        MessageView(number=one.number, title=one.title, text=one.text, created_at=one.at)
        for one in sandbox.messages.to(user)
    ]
    return Conversation(user=user, name=sandbox.people.names()[user], cards=views, messages=written)


@router.post("/phone/{user}/press")
async def press(user: PhoneOwner, order: Press, sandbox: CurrentSandbox) -> PressOutcome:
    card = next((card for card in sandbox.cards.of(user) if card.out_track_id == order.out_track_id), None)
    if card is None:
        message = f"{user} 的手机上没有卡片 {order.out_track_id}"
        raise Refusal(404, "no_card", message, f"There is no card {order.out_track_id} on the phone of {user}")
    pressed = await sandbox.clicks.press(card, user, order)
    return PressOutcome(
        delivered=pressed.error is None,
        answer=pressed.answer,
        error=pressed.error,
        detail=pressed.detail,
        card=CardView.of(card, user),
    )


@router.get("/phones.json")
async def phones(sandbox: CurrentSandbox) -> list[PhoneSummary]:
    return [_summary(sandbox, user, name) for user, name in sandbox.people.names().items()]


def _summary(sandbox: CurrentSandbox, user: str, name: str) -> PhoneSummary:
    views = [CardView.of(card, user) for card in sandbox.cards.of(user)]
    return PhoneSummary(user=user, name=name, cards=len(views), open=sum(view.is_open for view in views))
