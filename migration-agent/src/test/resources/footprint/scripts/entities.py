"""Entities of alembic_utils, and operations of other packages."""
from alembic import op
from alembic_utils.pg_extension import PGExtension
from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_grant_table import PGGrantTable
from alembic_utils.pg_materialized_view import PGMaterializedView
from alembic_utils.pg_policy import PGPolicy
from alembic_utils.pg_procedure import PGProcedure
from alembic_utils.pg_trigger import PGTrigger
from alembic_utils.pg_view import PGView
from app.entities import reports

revision = "1"
down_revision = None

mails = PGView(schema="public", signature="mails", definition="SELECT mail FROM guest;")
names = PGMaterializedView("stats", "names", "SELECT name FROM guest", with_data=False)
twice = PGFunction(
    schema="public", signature="twice(n integer, m integer DEFAULT 2)",
    definition="RETURNS integer LANGUAGE sql AS $$ SELECT n * m $$",
)
tidy = PGProcedure("public", "tidy()", "LANGUAGE plpgsql AS $$ BEGIN DELETE FROM guest; END $$")
on_change = PGTrigger(
    schema="public", signature="guest_changed", on_entity="public.guest",
    definition="AFTER UPDATE ON guest FOR EACH ROW EXECUTE PROCEDURE audit()",
)
own = PGPolicy(schema="public", signature="own", on_entity="public.guest", definition="FOR ALL USING (true)")
trigrams = PGExtension(schema="public", signature="pg_trgm")
reading = PGGrantTable(schema="public", table="guest", columns=["mail"], role="reader", grant="SELECT")


def upgrade():
    for entity in [trigrams, mails, names, twice, tidy, on_change, own, reading]:
        op.create_entity(entity)
    for entity in [mails, names, twice, on_change, own]:
        op.replace_entity(entity)
    op.create_entity(PGView(schema="public", signature="reports", definition=reports()))
    op.create_entity(reports)
    op.sync_enum_values("public", "kind", ["a", "b"], [("guest", "kind")], enum_values_to_rename=[])
    op.sync_enum_values("public", "kind", ["a", "b"], ["a", "b", "c"])
    op.create_view("report", "SELECT * FROM guest")
    op.create_view(reports)
    op.drop_entity(PGFunction(schema="public", signature="twice(n integer, m integer DEFAULT 2)", definition="# none"))
    op.drop_entity(PGView(schema="public", signature="mails", definition="# not required for op"), cascade=True)
    for entity in [names, tidy, on_change, own, trigrams, reading]:
        op.drop_entity(entity)


def downgrade():
    pass
