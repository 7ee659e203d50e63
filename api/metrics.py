from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)


class Metrics:
    """What the API counts, in a registry of its own so that two applications in one process do not mix."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.clicks = Counter("postroad_clicks", "Clicks by verdict and path", ["verdict", "path"], registry=registry)
        self.callback_seconds = Histogram(
            "postroad_callback_seconds", "Time to answer a chat callback", buckets=_SECONDS, registry=registry
        )
        self.events = Counter("postroad_erp_events", "ERP events by result", ["system", "result"], registry=registry)
        self.refused = Counter(
            "postroad_refused_callbacks", "Refused callbacks by cause", ["channel", "cause"], registry=registry
        )
        self.unanswered = Gauge("postroad_unanswered_clicks", "Clicks waiting for their outcome", registry=registry)
        self.wrong_loads = Counter("postroad_wrong_loads", "Loads that were not the open tasks", registry=registry)
        self.waiting = Gauge("postroad_waiting_events", "ERP events not yet dispatched", registry=registry)

    def text(self) -> bytes:
        """The Prometheus text format."""
        return generate_latest(self.registry)
