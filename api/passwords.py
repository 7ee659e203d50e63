"""How passwords are kept: as argon2id hashes, whose reckoning takes a while and never holds up anybody else."""

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from postroad.model.refusals import Malformed

SHORTEST, LONGEST = 10, 200
_AT_ONCE = 4  # each takes 64 MiB for as long as it reckons


class Passwords:
    """`hasher` says how much work a password is; without one, as much as RFC 9106 recommends."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def hashed(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, password: str, kept: str | None) -> bool:
        """Whether the password is the one kept; with None the same work is done for nothing, and it never fits."""
        async with self._turns:
            found = await asyncio.to_thread(self._verified, kept or self._nobodys, password)
        return found and kept is not None

    def _verified(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def one_time_password() -> str:
    return secrets.token_urlsafe(12)


def check_new(password: str, login: str) -> None:
    """Raises Malformed for a password that is guessed first."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Malformed(
            f"密码应为 {SHORTEST} 到 {LONGEST} 个字符，请换一个",
            f"A password has {SHORTEST} to {LONGEST} characters; choose another",
            code="password_length",
        )
    if login.casefold() in password.casefold() or len(set(password)) < SHORTEST // 2:
        raise Malformed(
            "密码不能包含登录名，也不能只由少数几个字符重复而成，请换一个",
            "A password must not hold the login name, nor repeat a few characters; choose another",
            code="password_easy",
        )
