from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.clock import Clock
from sandbox.dingtalk.errors import DingTalkError, ProtocolBreachError
from sandbox.dingtalk.models import CallbackAnswer, CreateAndDeliver, DeliverResult, UpdateCard, UpdateOptions
from sandbox.dingtalk.templates import BUTTONS, Button, Template, template
from sandbox.people import People

_SPACE_PREFIX = "dtv1.card//"


@dataclass
class Card:
    """One card instance; all people it was delivered to see the same public and each their own private variables."""

    out_track_id: str
    template: Template
    route_key: str | None
    public: dict[str, str]
    private: dict[str, dict[str, str]]
    created_at: datetime
    updated_at: datetime
    audience: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    _answering: int = 0
    _crowded: bool = False

    def seen_by(self, user: str) -> dict[str, str]:
        return {**self.public, **self.private.get(user, {})}

    def button(self, user: str, action: str) -> Button | None:
        params = self.seen_by(user)
        buttons = [Button.model_validate_json(params[name]) for name in BUTTONS if params.get(name)]
        return next((button for button in buttons if button.action == action), None)

    @contextmanager
    def being_answered(self) -> Iterator[None]:
        self._answering += 1
        self._crowded = self._answering > 1 or self._crowded
        try:
            yield
        finally:
            self._answering -= 1
            self._crowded = self._crowded and self._answering > 0

    @property
    def is_being_answered(self) -> bool:
        """Whether one click is; of several at once nobody can tell which of them an update follows."""
        return self._answering > 0 and not self._crowded

    def set_public(self, params: Mapping[str, str], *, by_key: bool) -> None:
        self.public = {**self.public, **params} if by_key else dict(params)

    def set_private(self, user: str, params: Mapping[str, str], *, by_key: bool) -> None:
        self.private[user] = {**self.private.get(user, {}), **params} if by_key else dict(params)


class Cards:
    """All card instances by outTrackId, oldest first."""

    def __init__(self, people: People, clock: Clock) -> None:
        self._people = people
        self._clock = clock
        self._cards: dict[str, Card] = {}

    def create(self, order: CreateAndDeliver) -> list[DeliverResult]:
        """Creates the card unless its outTrackId exists, then delivers it; an existing card keeps its content."""
        layout = template(order.card_template_id)
        layout.check(order.card_data.card_param_map)
        for private in order.private_data.values():
            layout.check(private.card_param_map)
        spaces = _spaces(order.open_space_id)
        card = self._cards.setdefault(order.out_track_id, self._new(order, layout))
        return [self._deliver(card, space_type, user) for space_type, user in spaces]

    def update(self, order: UpdateCard) -> Card:
        card = self._existing(order.out_track_id)
        if order.card_data:
            card.template.check(order.card_data.card_param_map)
        for private in order.private_data.values():
            card.template.check(private.card_param_map)
        options = order.card_update_options
        if order.card_data:
            card.set_public(order.card_data.card_param_map, by_key=options.update_card_data_by_key)
        for user, private in order.private_data.items():
            card.set_private(user, private.card_param_map, by_key=options.update_private_data_by_key)
        card.errors.clear()
        card.updated_at = self._clock.now()
        return card

    def answer(self, card: Card, clicker: str, answer: CallbackAnswer) -> None:
        """Applies the answer to a click; checks all of it before changing anything."""
        options = answer.card_update_options or UpdateOptions()
        for part in (answer.card_data, answer.user_private_data):
            if part:
                card.template.check(part.card_param_map)
        if answer.card_data:
            card.set_public(answer.card_data.card_param_map, by_key=options.update_card_data_by_key)
        if answer.user_private_data:
            private = answer.user_private_data.card_param_map
            card.set_private(clicker, private, by_key=options.update_private_data_by_key)
        card.errors.pop(clicker, None)
        card.updated_at = self._clock.now()

    def fail(self, card: Card, clicker: str, error: str) -> None:
        """Shows the platform's error to the clicker; the card's content stays."""
        card.errors[clicker] = error
        card.updated_at = self._clock.now()

    def of(self, user: str) -> list[Card]:
        return [card for card in self._cards.values() if user in card.audience]

    def _existing(self, out_track_id: str) -> Card:
        card = self._cards.get(out_track_id)
        if card is None:
            raise DingTalkError("param.cardNotExist", f"卡片 {out_track_id} 不存在")
        return card

    def _new(self, order: CreateAndDeliver, layout: Template) -> Card:
        now = self._clock.now()
        return Card(
            out_track_id=order.out_track_id,
            template=layout,
            route_key=order.callback_route_key,
            public=dict(order.card_data.card_param_map),
            private={user: dict(params.card_param_map) for user, params in order.private_data.items()},
            created_at=now,
            updated_at=now,
        )

    def _deliver(self, card: Card, space_type: str, user: str) -> DeliverResult:
        result = DeliverResult(space_type=space_type, space_id=user, success=False)
        if space_type != "IM_ROBOT":
            result.error_msg = f"space type {space_type} is not open to this robot"
        elif user not in self._people:
            result.error_msg = f"user {user} does not exist or is outside the app's visibility"
        else:
            result.success, result.carrier_id = True, f"carrier-{card.out_track_id}-{user}"
            if user not in card.audience:
                card.audience.append(user)
        return result


def _spaces(open_space_id: str) -> list[tuple[str, str]]:
    """`dtv1.card//IM_ROBOT.a;IM_ROBOT.b` as [("IM_ROBOT", "a"), ("IM_ROBOT", "b")]."""
    spaces = [space.partition(".") for space in open_space_id.removeprefix(_SPACE_PREFIX).split(";")]
    if not open_space_id.startswith(_SPACE_PREFIX) or not all(kind and user for kind, _, user in spaces):
        raise ProtocolBreachError(f"openSpaceId {open_space_id} is not dtv1.card//TYPE.id[;TYPE.id]")
    return [(kind, user) for kind, _, user in spaces]
