import sqlalchemy as sa
from alembic import context, op

revision = "002"
down_revision = "001"


def upgrade():
    if context.config.get_main_option("computed") == "yes":
        op.create_table("perhaps_by_env", sa.Column("id", sa.Integer))
    if context.config.get_main_option("sqlalchemy.url") == "x":
        op.create_table("perhaps_by_url", sa.Column("id", sa.Integer))
    if context.config.get_section_option("other", "with") == "yes":
        op.create_table("perhaps_by_section", sa.Column("id", sa.Integer))


def downgrade():
    pass
