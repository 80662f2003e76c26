"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


convention = {"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s"}


def upgrade():
    with op.batch_alter_table("t", naming_convention=convention) as batch_op:
        batch_op.drop_constraint("uq_t_a", type_="unique")
        batch_op.create_unique_constraint(None, ["b"])


def downgrade():
    pass
