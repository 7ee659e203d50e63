"""One task on a page of its own, for whoever opens it from a card: no login, no JavaScript, nothing but this task."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from activities.cards import on_card
from api.depends import Caller, Tools
from api.journey import Origin
from api.parts import Parts
from api.task_page_html import POLICY, Notice, Page, notice_page, task_page
from api.tasks import Decision, Outcome, check_opinion, click_of
from api.visible import visible_instance, visible_task
from postroad.chat.card import Look, card_of
from postroad.chat.page_token import PageClaim
from postroad.model.decision import Action, Verdict
from postroad.model.refusals import Forbidden, Malformed, Refusal, TooMany, Unknown
from postroad.model.rights import as_issued
from postroad.model.task import Task
from postroad.process import rights
from postroad.store.attempts import Attempts
from postroad.store.logins import Logins
from postroad.store.people import People
from postroad.store.releases import Releases
from postroad.store.story import Story

router = APIRouter(prefix="/m/t", tags=["pages 单任务页"], include_in_schema=False)

PRESSES = 60
"""Of one person on one task, within fifteen minutes."""

_FIELD = "field."
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",  # the address is the key
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
_ON_PAGE = frozenset({Action.APPROVE, Action.REJECT, Action.COMPLETE, Action.CLAIM, Action.ADVISE})


@dataclass(frozen=True)
class _Visit:
    """Who came with which token to which task."""

    caller: Caller
    claim: PageClaim
    look: Look


@router.get("/{token}", summary="单任务页 / The page of one task")
async def page(token: str, parts: Tools) -> HTMLResponse:
    """For the person whom the token was made for."""
    try:
        visit = await _visit(parts, token)
        return _answer(task_page(await _page(parts, visit, None)))
    except Refusal as refused:
        return _refused(parts, refused)


@router.post("/{token}", summary="在单任务页上办理 / Decide on the page of one task")
async def press(token: str, request: Request, parts: Tools) -> HTMLResponse:
    """A form as browsers post it; the outcome stands on the page that answers."""
    try:
        visit = await _visit(parts, token)
        await _count(parts, visit.claim)
        form = _read(await request.body())
        notice = await _pressed(parts, visit, form)
        return _answer(task_page(await _page(parts, visit, notice, form)))
    except Refusal as refused:
        return _refused(parts, refused)


async def _visit(parts: Parts, token: str) -> _Visit:
    channel = next(iter(parts.channels.values()), None)
    if channel is None:
        raise Unknown("没有这个地址", "There is nothing at this address")
    claim = channel.tokens.pages.read(token, parts.now())
    async with parts.database.read() as session:
        person = await People(session).person(claim.person)
        login = await Logins(session).of(claim.person)
    if person is None or not person.active or (login is not None and login.disabled_at is not None):
        raise Forbidden(
            "此账号已停用，请联系管理员", "This account is not in use; ask an administrator", code="inactive"
        )
    caller = Caller(token="page", name=person.name, rights=as_issued(("act",), person.id))  # noqa: S106 - not a secret
    return _Visit(caller, claim, channel.look)


async def _count(parts: Parts, claim: PageClaim) -> None:
    async with parts.database.begin() as session:
        wait: timedelta | None = await Attempts(session).count(
            {f"page:{claim.task}:{claim.person}": PRESSES}, parts.now()
        )
    if wait is not None:
        raise TooMany(wait)


def _read(body: bytes) -> dict[str, str]:
    try:
        said = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=100)
    except ValueError as wrong:
        raise Malformed("无法读取表单", "The form cannot be read") from wrong
    return {name: values[-1] for name, values in said.items()}


async def _pressed(parts: Parts, visit: _Visit, form: Mapping[str, str]) -> Notice:
    """What has come of it, in words; what is missing is said as well, and nothing typed is lost."""
    try:
        decision = Decision.model_validate(
            {
                "action": form.get("action"),
                "opinion": form.get("opinion", ""),
                "form_hash": form.get("form_hash") or None,
                "fields": {name.removeprefix(_FIELD): said for name, said in form.items() if name.startswith(_FIELD)},
                "id": f"page {form.get('seen', '')}"[:100],
            }
        )
    except ValidationError as wrong:
        raise Malformed("表单内容有误，请重新打开页面", "The form is not well formed; open the page again") from wrong
    if decision.action not in _ON_PAGE:
        raise Malformed("此操作需要在完整页面中进行", "This has to be done in the application", code="not_here")
    async with parts.database.read() as session:
        task = await visible_task(session, visit.caller, visit.claim.task)
    try:
        check_opinion(task, decision)
    except Malformed as refused:
        return Notice(refused.label, is_good=False, is_over=False)
    click = click_of(task, visit.claim.person, decision, {}, parts).model_copy(update={"channel": "page"})
    outcome = Outcome.of(await parts.journey.press(click, task.instance, Origin("page")))
    good = outcome.verdict in {None, Verdict.ACCEPTED, Verdict.DUPLICATE}
    return Notice(outcome.message, is_good=good, is_over=outcome.verdict not in {Verdict.STALE_FORM, Verdict.FORBIDDEN})


async def _page(parts: Parts, visit: _Visit, notice: Notice | None, typed: Mapping[str, str] | None = None) -> Page:
    async with parts.database.read() as session:
        try:
            task = await visible_task(session, visit.caller, visit.claim.task)
        except Unknown as gone:
            raise Forbidden(
                "这个任务已不由您处理", "This task is not yours to act on any more", code="not_handler"
            ) from gone
        seen = await visible_instance(session, visit.caller, task.instance)
        lines = seen.lines([row.line for row in await Story(session).of(task.instance)])
        names = await People(session).names(on_card(task, seen.view))
        release = await Releases(session).find(seen.view.release)
    asked = _asked(task, seen.view.fields, lambda field: rights.title(release.process, field) if release else field)
    card = card_of(task, seen.view, visit.look, names, person=visit.claim.person)
    return Page(
        card=card,
        look=visit.look,
        task=task,
        lines=lines,
        asked=asked,
        buttons=tuple(one for one in card.buttons if one.action in _ON_PAGE),
        notice=notice,
        typed=typed or {},
    )


def _asked(task: Task, fields: Mapping[str, Any], title: Any) -> list[tuple[str, str, str, bool]]:
    """What may be filled in: the field, its title, what stands there now, and whether it must not be empty."""
    writable = [(field, right) for field, right in task.fields.items() if right in {"write", "required"}]
    return [
        (_FIELD + field, title(field), "" if fields.get(field) is None else str(fields[field]), right == "required")
        for field, right in writable
        if not isinstance(fields.get(field), list | dict)
    ]


def _answer(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status_code=status, headers=_HEADERS)


def _refused(parts: Parts, refused: Refusal) -> HTMLResponse:
    look = next((channel.look for channel in parts.channels.values()), Look(link_base=""))
    return _answer(notice_page(refused.label, look), 404 if refused.code == "bad_token" else refused.status)
