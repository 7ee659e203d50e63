"""What can go wrong with a chat platform, sorted by what to do about it.

ChatFailure
├── Later            send again after `after`
├── QuotaSpent       the company's calls of this month are used up
├── Misconfigured    a permission, template or credential is wrong; an administrator must act
├── NoAccount        this person cannot be reached there
└── NoCard           the platform does not know the card to be updated
"""

from datetime import timedelta


class ChatFailure(Exception):  # noqa: N818 - each is named for what it says, not for being an exception
    """Names the platform, the cause and the next step, in Chinese and English; `str()` gives both."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} / {en}")


class Later(ChatFailure):
    """`after` is how long the platform wants to be left alone; None leaves it to the caller."""

    def __init__(self, zh: str, en: str, after: timedelta | None = None) -> None:
        super().__init__(zh, en)
        self.after = after


class QuotaSpent(ChatFailure):
    pass


class Misconfigured(ChatFailure):
    pass


class NoAccount(ChatFailure):
    pass


class NoCard(ChatFailure):
    pass
