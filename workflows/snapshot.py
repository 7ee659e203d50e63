"""Reads what an instance starts with and moves to. Instances of the same release share one definition in memory."""

import json
from functools import lru_cache
from typing import Any

from postroad.model.move import Destination, Edition
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


def edition_of(to: Destination) -> Edition:
    """The release that an instance is asked to move to.

    Raises:
        ValueError: it holds no definition.
    """
    return Edition(release=to.release, process=_process(json.dumps(to.process)), tables=to.tables)


@lru_cache(_MOST_KEPT)  # definitions are immutable, and a third of what an open instance takes in memory
def _process(text: str) -> Process:
    return Process.model_validate_json(text)
