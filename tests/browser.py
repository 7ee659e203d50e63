"""Where the browser for browser tests is, and what happens without one."""

import os
import shutil
from collections.abc import Mapping

NO_BROWSER = "No browser: set CHROMIUM_PATH, or install chromium or google-chrome; .ci/run installs it on Debian."
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path(environ: Mapping[str, str] = os.environ) -> str | None:
    """The browser to start: CHROMIUM_PATH, else the first that PATH has, else None."""
    told = environ.get("CHROMIUM_PATH")
    if told:
        return shutil.which(told)
    return next((found for name in _NAMES if (found := shutil.which(name, path=environ.get("PATH")))), None)


def is_required(environ: Mapping[str, str] = os.environ) -> bool:
    """In CI a missing browser fails the browser tests; on a developer's machine they are left out with a notice."""
    return environ.get("CI", "").lower() in {"1", "true"}
