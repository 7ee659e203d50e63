"""The application database: what people see of instances, the inboxes, the ledger and what was published.

A projection and an inbox: the truth of an instance is its workflow.
"""

from postroad.store.database import Database
from postroad.store.migrate import migrate

__all__ = ["Database", "migrate"]
