"""The variables of the card template `postroad-approval.schema`, each at most 1 KB of UTF-8 (DingTalk's limit)."""

import json
from collections.abc import Mapping, Sequence

from postroad.chat.card import Button, Card

MOST_BYTES = 1024
_LINE_NAME_BYTES = 60
_LINE_VALUE_BYTES = 360
_BUTTONS = ("button1", "button2", "button3", "button4")


def params_of(card: Card) -> dict[str, str]:
    """Every variable of the template, so that nothing of an earlier state stays on the card."""
    texts = {
        "title": card.title,
        "subtitle": card.subtitle,
        "status": card.status,
        "by": card.by,
        "note": card.note,
    }
    return {
        **{name: cut(text) for name, text in texts.items()},
        "status_kind": card.status_kind,
        "opinion": card.opinion,
        # half an address would lead nowhere
        "link": card.link if len(card.link.encode()) <= MOST_BYTES else "",
        "lines": _lines(card.lines),
        **_buttons(card.buttons),
    }


def cut(text: str, most: int = MOST_BYTES) -> str:
    """`text` in at most `most` bytes of UTF-8, shortened between characters and marked with …."""
    raw = text.encode("utf-8", "replace")
    if len(raw) <= most:
        return raw.decode()
    return raw[: most - len("…".encode())].decode("utf-8", "ignore") + "…"


def _lines(lines: Sequence[tuple[str, str]]) -> str:
    """As many lines as fit; the last says why it is this person, so those before it go first."""
    shown = [{"k": cut(name, _LINE_NAME_BYTES), "v": cut(value, _LINE_VALUE_BYTES)} for name, value in lines]
    while len(_dump(shown).encode()) > MOST_BYTES:
        del shown[-2 if len(shown) > 1 else -1]
    return _dump(shown)


def _buttons(buttons: Sequence[Button]) -> dict[str, str]:
    said = [_button(button) for button in buttons[: len(_BUTTONS)]]
    return dict(zip(_BUTTONS, [*said, *[""] * (len(_BUTTONS) - len(said))], strict=True))


def _button(button: Button) -> str:
    """A button whose token is too long is left out; its task can be done behind the link."""
    told: Mapping[str, str] = button.model_dump(mode="json")
    text = _dump(told)
    return text if len(text.encode()) <= MOST_BYTES else ""


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
