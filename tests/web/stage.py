"""What is there to be looked at."""

from demo.outside import Json
from tests.stack import Stack

PAGES = (
    "/",
    *("/tasks", "/tasks?box=done", "/tasks?box=started"),
    *("/instances", "/instances/stuck"),
    *("/flows", "/flows/purchase-approval", "/rules", "/rules/purchase-route"),
    *("/people", "/people/roles", "/people/absences", "/people/calendar", "/people/import", "/people/handover/chen"),
    *("/admin", "/admin/roles", "/admin/audit", "/admin/tokens"),
    *("/me", "/me/absences", "/me/tokens", "/me/password", "/nowhere"),
)
"""Every address that needs nothing on the stage."""

OF_AN_INSTANCE = ("", "?view=steps", "?view=story", "?view=effects", "?view=tasks", "?view=decisions", "?view=document")
"""What can be seen of an instance, after its address."""


async def waiting_for_zhang(stack: Stack, title: str) -> Json:
    """The instance of a small requisition of Li's, filed in the ERP, whose turn it is with Zhang."""
    number = await stack.outside.submit(
        applicant="li", department="production", title=title, amount="3800.00", material="office", category="office"
    )

    async def is_somebodys() -> Json | None:
        found = await stack.outside.instance(number)
        return found if found and found["waiting_for"] else None

    return await stack.outside.until(f"{number} 轮到人", is_somebodys)


def page_of(instance: Json) -> str:
    return f"/instances/{instance['id'].replace(':', '%3A')}"
