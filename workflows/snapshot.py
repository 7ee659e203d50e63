"""Reads what an instance starts with. Instances of the same release share one definition in memory."""

import json
from functools import lru_cache
from typing import Any

from postroad.model.process import Process
from postroad.model.start import Start

_MOST_KEPT = 256


def start_of(told: dict[str, Any]) -> Start:
    """The start input as it stands in the history.

    Raises:
        ValueError: it is no start input.
        LookupError: it holds no definition.
    """
    return Start.model_validate({**told, "process": _process(json.dumps(told["process"]))})


@lru_cache(_MOST_KEPT)  # definitions are immutable, and a third of what an open instance takes in memory
def _process(text: str) -> Process:
    return Process.model_validate_json(text)
