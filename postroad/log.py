"""Logs: one line per unit of work on standard output, an event name and its facts, never a secret."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

HIDDEN = "***"
_SECRETS = ("token", "secret", "password", "passwd", "authorization", "cookie", "api_key", "apikey", "signature")
_DEEPEST = 6

_SECRET_TEXT = re.compile(
    r"(?P<kept>\bbearer\s+|\b(?:access_?token|token|secret|sign|signature|password)=)[^\s&\"']+"
    r"|\bpr_[\w-]{20,}"  # an API token
    r"|\bv1\.[\w-]+\.[\w-]+\.[\w-]+\.\w+\.\w*\.\d+\.[\w-]+",  # a button token
    re.IGNORECASE,
)


def configure(log_format: str = "json", level: str = "info") -> None:
    """Set logging up for this process: `json` lines, or `pretty` for a terminal.

    Libraries that log through `logging` join in, from warnings on.
    """
    rendered = _rendered(log_format)
    handler = logging.StreamHandler(sys.stdout)
    unwrap = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[unwrap, *rendered], foreign_pre_chain=_SHARED))
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.WARNING
    structlog.configure(
        processors=[*_SHARED, *rendered],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
    )


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hides what keys called like a secret hold, and what reads like a token in other text, however deep it lies."""
    return {key: _hidden(key, value, _DEEPEST) for key, value in event.items()}


def _hidden(key: str, value: Any, depth: int) -> Any:
    if value and any(word in key.lower() for word in _SECRETS):
        return HIDDEN
    if isinstance(value, str):
        return _SECRET_TEXT.sub(lambda found: f"{found['kept'] or ''}{HIDDEN}", value)
    if isinstance(value, Mapping):
        return {str(name): _hidden(str(name), one, depth - 1) for name, one in value.items()} if depth else HIDDEN
    if isinstance(value, list | tuple):
        return [_hidden("", one, depth - 1) for one in value] if depth else HIDDEN
    return value


def _rendered(log_format: str) -> list[Processor]:
    readable: list[Processor] = [structlog.processors.format_exc_info, redact]
    if log_format == "pretty":
        return [*readable, structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty())]
    return [*readable, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
