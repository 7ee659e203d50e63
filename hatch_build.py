"""Puts the browser application into the wheel: it is built where the wheel is, and never committed."""

from pathlib import Path
from runpy import run_path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PagesHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """An editable installation takes what `python -m web build` left in api/static."""
        if version != "editable":
            run_path(str(Path(self.root) / "web" / "__main__.py"))["build"]()
