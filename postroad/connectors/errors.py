"""What can go wrong in another system, sorted by what to do about it.

ConnectorFailure
├── Retryable          it may work later; `retry_after` if the system said when
├── AuthExpired        our credentials are no longer taken
├── BusinessConflict   the thing is not in a state in which this can be done
├── Rejected           the system refuses, or answers what the configuration does not fit; a person must look
└── NotFound           the thing does not exist there
"""

from datetime import timedelta


class ConnectorFailure(Exception):  # noqa: N818 - each is named for what it says, not for being an exception
    """Names the system, the cause and the next step, in Chinese and English; `str()` gives both."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} / {en}")


class Retryable(ConnectorFailure):
    """Nobody knows whether it took effect: whoever tries again looks first."""

    def __init__(self, zh: str, en: str, retry_after: timedelta | None = None) -> None:
        super().__init__(zh, en)
        self.retry_after = retry_after


class AuthExpired(ConnectorFailure):
    pass


class BusinessConflict(ConnectorFailure):
    """`current` is the state the system named, if it named one."""

    def __init__(self, zh: str, en: str, current: str | None = None) -> None:
        super().__init__(zh, en)
        self.current = current


class Rejected(ConnectorFailure):
    pass


class NotFound(ConnectorFailure):
    pass
