"""A task has a card for each person who may do it"""

from alembic import op

revision = "20261125_22"
down_revision = "20261125_21"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cards") as cards:
        cards.drop_constraint("pk_cards", type_="primary")
        cards.create_primary_key("pk_cards", ["task_id", "person"])


def downgrade() -> None:
    op.execute(
        "DELETE FROM cards WHERE EXISTS "
        "(SELECT 1 FROM tasks WHERE tasks.id = cards.task_id AND tasks.person <> cards.person)"
    )
    with op.batch_alter_table("cards") as cards:
        cards.drop_constraint("pk_cards", type_="primary")
        cards.create_primary_key("pk_cards", ["task_id"])
