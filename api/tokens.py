"""The tokens that people make for their own programs, and never for more than they may do themselves."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.depends import Caller, Guard, Session, Tools
from postroad.model.refusals import Forbidden, Malformed, Unknown
from postroad.model.rights import SCOPES, Scope
from postroad.model.storable import Said
from postroad.store.audit import Audit
from postroad.store.tokens import Tokens

router = APIRouter(prefix="/tokens", tags=["rights 权限"])

Anybody = Annotated[Caller, Depends(Guard(*SCOPES))]


class TokenOut(BaseModel):
    """An `own` token can at most do what its person may do at that moment; any other was issued by the operator."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    scopes: list[str]
    person: str | None
    own: bool
    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    revoked_at: AwareDatetime | None
    last_used_at: AwareDatetime | None


class TokenOrder(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Said = Field(min_length=1, max_length=100)
    scopes: list[Scope] = Field(min_length=1, max_length=20)
    expires_at: AwareDatetime | None = None


class NewToken(BaseModel):
    """The secret is shown this once and kept nowhere."""

    token: TokenOut
    secret: str


@router.get("", summary="令牌列表 / Tokens")
async def tokens(
    *,
    caller: Anybody,
    session: Session,
    all: Annotated[bool, Query(description="所有人的，需要 people / everybody's, for `people`")] = False,  # noqa: A002
) -> list[TokenOut]:
    """The caller's own, newest first."""
    if all and not _oversees(caller):
        raise Forbidden("只能查看自己的令牌", "You may see only your own tokens", code="not_yours")
    found = await Tokens(session).page(None if all else caller.as_person)
    return [TokenOut.model_validate(row) for row in found]


@router.post("", summary="创建令牌 / Make a token", status_code=201)
async def make(order: TokenOrder, caller: Anybody, parts: Tools) -> NewToken:
    """By somebody who is logged in: a token makes no further ones."""
    if not caller.by_session:
        raise Forbidden("请登录后创建令牌", "Log in to make a token", code="session_needed")
    now = parts.now()
    if more := sorted(set(order.scopes) - caller.scopes):
        listed = ", ".join(more)
        raise Forbidden(f"您没有权限 {listed}", f"You may not do this yourself: {listed}", code="more_than_held")
    if order.expires_at is not None and order.expires_at <= now:
        raise Malformed("到期时间应在将来", "It has to expire in the future", code="expires_in_the_past")
    async with parts.database.begin() as session:
        secret = await Tokens(session).issue(
            order.name, order.scopes, caller.as_person, now, own=True, expires_at=order.expires_at
        )
        told = TokenOut.model_validate(await Tokens(session).by_secret(secret))
        after = told.model_dump(mode="json", include={"name", "scopes", "expires_at"})
        await Audit(session).note(caller.actor, "token.made", f"token:{told.id}", now, after=after)
    return NewToken(token=told, secret=secret)


@router.delete("/{token_id}", summary="吊销令牌 / Revoke a token", status_code=204)
async def revoke(token_id: str, caller: Anybody, parts: Tools) -> None:
    async with parts.database.begin() as session:
        found = await Tokens(session).find(token_id)
        theirs = found is not None and found.person is not None and found.person == caller.person
        live = (theirs or _oversees(caller)) and await Tokens(session).revoke(token_id, parts.now())
        if not live or found is None:
            raise Unknown(
                f"没有有效的令牌 {token_id}", f"There is no live token {token_id} that you may see", code="no_token"
            )
        before = {"name": found.name, "person": found.person, "scopes": found.scopes}
        await Audit(session).note(caller.actor, "token.revoked", f"token:{token_id}", parts.now(), before=before)


def _oversees(caller: Caller) -> bool:
    return caller.rights.reach("people").everything
