"""Where the parts of the demo listen and keep their files."""

import socket
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
PROCESSES = Path("processes")
PURCHASE = PROCESSES / "purchase-approval"


@dataclass(frozen=True)
class Places:
    """One demo's ports and folder."""

    folder: Path
    temporal: int
    temporal_ui: int
    api: int
    sandbox: int
    worker_metrics: int

    @property
    def temporal_address(self) -> str:
        return f"{HOST}:{self.temporal}"

    @property
    def temporal_ui_url(self) -> str:
        return f"http://{HOST}:{self.temporal_ui}"

    @property
    def api_url(self) -> str:
        return f"http://{HOST}:{self.api}"

    @property
    def sandbox_url(self) -> str:
        return f"http://{HOST}:{self.sandbox}"

    @property
    def log_folder(self) -> Path:
        return self.folder / "logs"


def choose_places(folder: Path) -> Places:
    """The usual ports; where one is taken, a free one."""
    return Places(
        folder=folder,
        temporal=_free_port(7233),
        temporal_ui=_free_port(8233),
        api=_free_port(8080),
        sandbox=_free_port(8900),
        worker_metrics=_free_port(9090),
    )


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"没有可用端口，端口 {wanted} 也被占用 / no free port on {HOST}, and {wanted} is taken")
