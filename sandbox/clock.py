from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def wall_time() -> datetime:
    return datetime.now(UTC)


class Clock:
    """The sandbox's own time, aware UTC. Only the chat platform's clock can be wrong."""

    def __init__(self, source: Callable[[], datetime] = wall_time) -> None:
        self._source = source
        self.skew_seconds = 0.0

    def now(self) -> datetime:
        return self._source()

    def platform_now(self) -> datetime:
        """The time the chat platform believes it is; stamps signatures and ends access tokens."""
        return self._source() + timedelta(seconds=self.skew_seconds)
