"""A declared system as an offer: its entities, their fields and actions, and the arguments that actions take."""

from collections.abc import Iterator

from postroad.connectors.config import ActionCall, Call, Entity, RestConfig
from postroad.connectors.offer import ActionOffer, EntityOffer, FieldOffer, Offer, states_of
from postroad.model.label import Label


def offer_of(system: str, config: RestConfig) -> Offer:
    entities = tuple(_entity(name, one) for name, one in config.entities.items())
    return Offer(system=system, title=config.title, push=config.webhook is not None, entities=entities)


def _entity(name: str, entity: Entity) -> EntityOffer:
    actions = tuple(_action(action, call, entity) for action, call in entity.actions.items())
    return EntityOffer(
        entity=name,
        title=_titled(entity.title, name),
        fields=tuple(_fields(entity)),
        states=states_of(actions),
        actions=actions,
        creates=entity.create is not None,
        create_args=_args(entity.create) if entity.create else (),
    )


def _fields(entity: Entity) -> Iterator[FieldOffer]:
    """Those that are read, and those that are only spoken of."""
    for name in dict.fromkeys([*entity.data, *entity.fields]):
        said = entity.fields.get(name)
        yield FieldOffer(field=name, **(dict(said) if said else {}))


def _action(name: str, call: ActionCall, entity: Entity) -> ActionOffer:
    return ActionOffer(
        action=name,
        title=_titled(call.title, name),
        legal_from=tuple(sorted(call.legal_from)),
        to=call.to,
        undo=call.undo,
        args=_args(call),
        proof="mark" if entity.marks else "state",
    )


def _args(call: Call) -> tuple[str, ...]:
    named = [hole.removeprefix("args.") for hole in call.holes() if hole.startswith("args.")]
    return tuple(dict.fromkeys(named))


def _titled(title: Label | None, name: str) -> Label:
    return title or Label(zh=name, en=name)
