"""Expected refusals.

Refusal
├── Malformed          the message cannot be read, or a field is wrong
├── Unauthenticated    nobody knows who is asking
├── Forbidden          known, but may not
├── Unknown            the thing named does not exist
├── Conflict           the thing is not in a state in which this can be done
├── StaleForm          decided on a version of the form that is no longer shown
├── TooLarge           more than this endpoint reads
├── TooMany            tried too often; try again later
└── Unavailable        a system we need does not answer; try again
"""

import math
from datetime import timedelta

from postroad.model.label import Label


class Refusal(Exception):  # noqa: N818 - in the business's words it is a refusal, not a program error
    """Something we will not do, said so that a person knows the thing, the cause and the next step.

    `code` is stable and may be matched by programs; `label` is for people, in Chinese and English.
    """

    code = "refused"
    status = 400

    def __init__(self, zh: str, en: str, *, code: str | None = None) -> None:
        self.label = Label(zh=zh, en=en)
        self.code = code or type(self).code
        super().__init__(f"{zh} / {en}")


class Malformed(Refusal):
    code, status = "malformed", 422


class Unauthenticated(Refusal):
    code, status = "unauthenticated", 401


class Forbidden(Refusal):
    code, status = "forbidden", 403


class Unknown(Refusal):
    code, status = "unknown", 404


class Conflict(Refusal):
    code, status = "conflict", 409


class StaleForm(Conflict):
    code = "stale_form"


class TooLarge(Refusal):
    code, status = "too_large", 413


class TooMany(Refusal):
    """`wait` is for how long nobody may try again."""

    code, status = "too_many", 429

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, math.ceil(wait.total_seconds()))
        minutes = math.ceil(self.seconds / 60)
        super().__init__(f"尝试次数过多，请在 {minutes} 分钟后再试", f"Tried too often; try again in {minutes} minutes")


class Unavailable(Refusal):
    code, status = "unavailable", 503
