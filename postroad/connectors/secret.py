"""References to settings and secrets: `${env:NAME}`, `${env:NAME:-for the demo}`, `${file:/run/secrets/erp}`."""

import re
from collections.abc import Mapping
from pathlib import Path

_REFERENCE = re.compile(r"\$\{(env|file):([^}:]+)(?::-([^}]*))?\}")


class MissingSecret(ValueError):  # noqa: N818 - it is named for what it says
    """A reference leads nowhere."""


def is_reference(text: str) -> bool:
    return _REFERENCE.fullmatch(text) is not None


def resolve(text: str, environ: Mapping[str, str]) -> str:
    """`text` with every reference replaced by what it names.

    Raises:
        MissingSecret: an environment variable is not set, or a file cannot be read.
    """
    return _REFERENCE.sub(lambda found: _named(found[1], found[2], found[3], environ), text)


def _named(kind: str, name: str, default: str | None, environ: Mapping[str, str]) -> str:
    value = environ.get(name) if kind == "env" else _content(Path(name))
    if value is None:
        value = default
    if value is None:
        what = "环境变量" if kind == "env" else "文件"
        raise MissingSecret(f"缺少{what} {name}，请先设置 / {kind} {name} is missing; provide it")
    return value


def _content(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return None
