import re
from datetime import timedelta

_DURATION = re.compile(r"^([0-9]{1,9})(s|m|h|d)$")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
LONGEST = timedelta(days=3660)


def duration(text: str) -> timedelta:
    """`90s`, `30m`, `8h`, `2d` as a timedelta of at most ten years. Raises ValueError for anything else."""
    match = _DURATION.match(text.strip())
    if match is None:
        raise ValueError(f"时长应写作 90s、30m、8h、2d / a duration is written 90s, 30m, 8h or 2d, not {text!r}")
    long = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if long > LONGEST:
        raise ValueError(f"时长 {text} 超过十年 / the duration {text} is more than ten years")
    return long
