"""How the one-task page looks: plain HTML that every phone shows at once. All that comes from outside is escaped."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from postroad.chat.card import Button, Card, Look
from postroad.model.label import Label
from postroad.model.task import Line, Task

_STYLE = """
:root{color-scheme:light dark;--page:#f5f7fa;--card:#fff;--line:#e5e9f0;--ink:#0f172a;--muted:#475569;--blue:#2563eb;
--good:#047857;--bad:#dc2626}
@media(prefers-color-scheme:dark){:root{--page:#0f1622;--card:#1b2433;--line:#2a364a;--ink:#e7ecf3;--muted:#a9b4c4;
--good:#34d399;--bad:#f87171}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.6 -apple-system,"PingFang SC","HarmonyOS Sans SC",
"Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
main{max-width:640px;margin:0 auto;padding:16px 12px 32px}
h1{font-size:20px;line-height:1.4;margin:4px 0}
h2{font-size:15px;margin:0 0 8px}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px;margin:12px 0}
.muted{color:var(--muted);font-size:13px}
dl{display:grid;grid-template-columns:minmax(72px,auto) 1fr;gap:8px 16px;margin:0;font-variant-numeric:tabular-nums}
dt{color:var(--muted)}
dd{margin:0}
ol{list-style:none;margin:0;padding:0}
li{padding:8px 0;border-top:1px solid var(--line)}
li:first-child{border-top:0;padding-top:0}
time{display:block;color:var(--muted);font-size:13px}
label{display:block;margin:0 0 12px;color:var(--muted)}
textarea,input{display:block;width:100%;margin-top:4px;padding:10px;font:inherit;color:var(--ink);background:var(--page);
border:1px solid var(--line);border-radius:8px}
.acts{display:flex;gap:12px}
button,.app{flex:1;min-height:46px;padding:0 12px;font:inherit;font-weight:600;color:var(--ink);background:var(--card);
border:1px solid var(--line);border-radius:8px;text-align:center}
.primary{color:#fff;background:var(--blue);border-color:var(--blue)}
.danger{color:var(--bad);border-color:var(--bad)}
.notice{border-left:4px solid var(--good);font-weight:600}
.notice.bad{border-left-color:var(--bad)}
.app{display:block;line-height:44px;color:inherit;text-decoration:none}
"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_WORDS = {
    "about": Label(zh="单据", en="Document"),
    "why": Label(zh="为什么是您", en="Why you"),
    "story": Label(zh="流程经过", en="What happened"),
    "opinion": Label(zh="意见", en="Opinion"),
    "opinion_needed": Label(zh="意见（驳回时必填）", en="Opinion (needed to reject)"),
    "required": Label(zh="必填", en="required"),
    "act": Label(zh="处理", en="Decide"),
    "app": Label(zh="打开完整页面", en="Open the application"),
    "elsewhere": Label(
        zh="这一步需要在完整页面中处理，请登录后进行。",
        en="This step has to be seen to in the application; log in there.",
    ),
    "title": Label(zh="驿道", en="Postroad"),
}


class Notice(NamedTuple):
    """What has come of a press; once it `is_over` there is nothing left to press."""

    said: Label
    is_good: bool
    is_over: bool


@dataclass(frozen=True)
class Page:
    """`asked`: what may be filled in, each with the name it is posted under, title, value, and whether it must be."""

    card: Card
    look: Look
    task: Task
    lines: Sequence[Line]
    asked: Sequence[tuple[str, str, str, bool]]
    buttons: Sequence[Button]
    notice: Notice | None
    typed: Mapping[str, str]

    def say(self, word: str) -> str:
        return escape(self.look.say(_WORDS[word]))


def task_page(page: Page) -> str:
    card = page.card
    over = page.notice is not None and page.notice.is_over
    parts = [
        f"<h1>{escape(card.title)}</h1><p class=muted>{escape(card.subtitle)}</p>",
        _notice(page),
        "" if over else _standing(card),
        f"<section><h2>{page.say('about')}</h2><dl>{''.join(_facts(page))}</dl></section>",
        _why(page),
        "" if over else _form(page),
        _story(page),
        f'<a class=app href="{escape(card.link)}" rel=noreferrer>{page.say("app")}</a>',
    ]
    return _document(page.look, card.title, "".join(parts))


def notice_page(said: Label, look: Look) -> str:
    """For whoever has no page to see."""
    app = f'<a class=app href="{escape(look.link_base.rstrip("/"))}/tasks">{escape(look.say(_WORDS["app"]))}</a>'
    told = f'<section class="notice bad" role=alert>{escape(look.say(said))}</section>'
    title = look.say(_WORDS["title"])
    return _document(look, title, f"<h1>{escape(title)}</h1>{told}{app if look.link_base else ''}")


def _document(look: Look, title: str, body: str) -> str:
    lang = "zh-CN" if look.lang == "zh" else "en"
    return (
        f"<!doctype html><html lang={lang}><head><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width,initial-scale=1"><meta name=robots content=noindex>'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _notice(page: Page) -> str:
    if page.notice is None:
        return ""
    bad = "" if page.notice.is_good else " bad"
    return f'<section class="notice{bad}" role=alert>{escape(page.look.say(page.notice.said))}</section>'


def _standing(card: Card) -> str:
    """How it ended, where it has; with what is to be noted."""
    said = " · ".join(part for part in (card.status, card.by, card.note) if part)
    return f"<section>{escape(said)}</section>" if said and card.status else ""


def _facts(page: Page) -> Iterator[str]:
    why = page.look.say(page.task.reason) if page.task.reason else None
    for label, value in page.card.lines:
        if value != why:
            yield f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>"


def _why(page: Page) -> str:
    if page.task.reason is None:
        return ""
    return f"<section><h2>{page.say('why')}</h2>{escape(page.look.say(page.task.reason))}</section>"


def _form(page: Page) -> str:
    if not page.buttons:
        open_ = page.card.status_kind == "open"
        return f"<section class=muted>{page.say('elsewhere')}</section>" if open_ else ""
    opinion = "opinion_needed" if page.task.opinion_needed else "opinion"
    typed = escape(page.typed.get("opinion", ""))
    return (
        f"<section><h2>{page.say('act')}</h2><form method=post>"
        f'<input type=hidden name=form_hash value="{escape(page.task.form_hash)}">'
        f"<input type=hidden name=seen value={page.task.revision}>"
        f"{''.join(_inputs(page))}"
        f"<label>{page.say(opinion)}<textarea name=opinion rows=3 maxlength=2000>{typed}</textarea></label>"
        f"<div class=acts>{''.join(_button(one) for one in page.buttons)}</div></form></section>"
    )


def _inputs(page: Page) -> Iterator[str]:
    for name, title, value, required in page.asked:
        shown = escape(page.typed.get(name, value))
        star = f"（{page.say('required')}）" if required else ""
        yield f'<label>{escape(title)}{star}<input name="{escape(name)}" value="{shown}" maxlength=1000></label>'


def _button(one: Button) -> str:
    return f"<button class={one.style} name=action value={one.action.value}>{escape(one.label)}</button>"


def _story(page: Page) -> str:
    told = "".join(
        f"<li>{escape(page.look.say(line.text))}<time>{page.look.time(line.at)}</time></li>" for line in page.lines
    )
    return f"<section><h2>{page.say('story')}</h2><ol>{told}</ol></section>" if told else ""
