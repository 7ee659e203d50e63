"""Where engineers look at the workflow behind an instance."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class WorkflowPages:
    """Temporal's Web UI at `base`, for the workflows of one namespace."""

    base: str
    namespace: str

    def of(self, instance: str) -> str:
        """The page of an instance's workflow; it opens with the latest run."""
        return (
            f"{self.base.rstrip('/')}/namespaces/{quote(self.namespace, safe='')}/workflows/{quote(instance, safe='')}"
        )
