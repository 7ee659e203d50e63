from sqlalchemy import select

from postroad.store import Database
from postroad.store.tokens import TokenRow, Tokens
from postroad.store.upsert import table_of
from tests.store.samples import NOW, later


async def _issue(database: Database, person: str | None = None) -> str:
    async with database.begin() as session:
        return await Tokens(session).issue("看板", ["tasks:read"], person, NOW)


async def test_a_token_is_known_by_its_secret(database: Database) -> None:
    secret = await _issue(database, "chen")

    async with database.read() as session:
        token = await Tokens(session).check(secret, later())
        assert await Tokens(session).check(f"{secret}x", later()) is None
    assert token is not None
    assert (token.name, token.scopes, token.person, token.created_at) == ("看板", ["tasks:read"], "chen", NOW)


async def test_the_secret_itself_is_kept_nowhere(database: Database) -> None:
    secret = await _issue(database)

    async with database.read() as session:
        rows = (await session.execute(select(table_of(TokenRow)))).all()
    assert secret.startswith("pr_")
    assert secret.removeprefix("pr_") not in str(rows)


async def test_a_revoked_token_is_worth_nothing(database: Database) -> None:
    secret = await _issue(database)
    async with database.begin() as session:
        tokens = Tokens(session)
        [token] = await tokens.page()
        assert await tokens.revoke(token.id, later())
        assert not await tokens.revoke(token.id, later())

    async with database.read() as session:
        assert await Tokens(session).check(secret, later(2)) is None


async def test_the_use_of_a_token_is_noted_at_most_once_a_minute(database: Database) -> None:
    secret = await _issue(database)
    noted: list[bool] = []
    for seconds in (1, 30, 61):
        async with database.begin() as session:
            token = await Tokens(session).check(secret, later(seconds))
            assert token is not None
            noted.append(await Tokens(session).used(token, later(seconds)))

    assert noted == [True, False, True]
