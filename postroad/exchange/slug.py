"""Keys of ours made from the names that others give."""

import re

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,63}")
_UNKEYED = re.compile(r"[^A-Za-z0-9_.\-]+")


def keyed(*names: str) -> str:
    """The first of the names of which enough can stand in a key; the last one always can."""
    for name in names:
        folded = _UNKEYED.sub("_", name).strip("_").lstrip("0123456789_.-")[:64]
        if folded and (name.isascii() or len(folded) > 1):
            return folded
    return names[-1]
