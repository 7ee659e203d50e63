import hashlib
import json

from postroad.model.base import Fact
from postroad.model.storable import Told


class DocumentRef(Fact):
    """Names one business document in one system: `erp`, `purchase_requisition`, `PR-2026-0001`."""

    system: str
    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.system}:{self.id}"


class Document(Fact):
    """A document as it was read: its state in its own system and its fields.

    `data` is JSON; amounts are decimal strings in the document's currency, times ISO 8601 in UTC.
    """

    ref: DocumentRef
    version: str
    state: str
    data: Told

    @property
    def number(self) -> str:
        return str(self.data.get("number") or self.ref.id)

    def form_hash(self, ignore: frozenset[str] = frozenset()) -> str:
        """Sixteen hex digits that differ when a field differs that people decide on; `ignore` names the others."""
        seen = {key: value for key, value in self.data.items() if key not in ignore}
        text = json.dumps(seen, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
