package dev.migrationledger.agent.tool.alembic.footprint.sql;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.TableChanges;
import dev.migrationledger.agent.tool.alembic.footprint.sql.Words.Qualified;
import java.util.Map;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Column_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_constraintContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_actionContext;

/** ALTER TABLE. */
final class AlteringTables {

    private final TableChanges table;
    private final Changes.At at;

    private AlteringTables(TableChanges table, Changes.At at) {
        this.table = table;
        this.at = at;
    }

    static void read(Alter_table_statementContext statement, Changes.At at) {
        Qualified name = Words.qualified(statement.name);
        AlteringTables altering = new AlteringTables(new TableChanges(at, name.schema(), name.name()), at);
        if (statement.rename_to() != null) {
            at.rename(name.table(), new Qualified(name.schema(), Words.name(statement.rename_to().name)).table());
        } else if (statement.set_schema() != null) {
            at.rename(name.table(), new Qualified(Words.name(statement.set_schema().identifier()), name.name())
                    .table());
        } else if (statement.RENAME() != null) {
            altering.renamedPart(statement);
        } else if (statement.table_action().isEmpty()) {
            altering.changed("ALTER " + Words.text(statement));
        } else {
            statement.table_action().forEach(altering::action);
        }
    }

    private void renamedPart(Alter_table_statementContext statement) {
        String from = Words.name(statement.identifier(0));
        String to = Words.name(statement.identifier(1));
        if (statement.CONSTRAINT() != null) {
            at.rename(table.constraint(from), table.constraint(to));
        } else {
            at.rename(table.column(from), table.column(to));
        }
    }

    private void action(Table_actionContext action) {
        if (action.table_column_definition() != null) {
            Changes.At here = at.only(action.if_not_exists() != null);
            TableDefinition definition = new TableDefinition(
                    new TableChanges(here, table.schema(), table.table()), here);
            definition.column(action.table_column_definition());
            definition.done();
        } else if (action.tabl_constraint != null) {
            TableDefinition definition = new TableDefinition(table, at);
            definition.constraint(action.tabl_constraint, null);
            definition.done();
        } else if (action.column_action() != null) {
            column(Words.name(action.column), action.column_action());
        } else if (action.drop_constraint() != null) {
            Drop_constraintContext drop = action.drop_constraint();
            at.only(drop.if_exists() != null).drop(table.constraint(Words.name(drop.constraint_name)));
        } else if (action.column != null) {
            at.only(action.if_exists() != null).drop(table.column(Words.name(action.column)));
        } else if (action.validate_constraint() != null) {
            at.alter(table.constraint(Words.parts(action.validate_constraint().constraint_name).getLast()),
                    Map.of("valid", "true"));
        } else {
            changed(Words.text(action));
        }
    }

    private void column(String column, Column_actionContext action) {
        if (action.data_type() != null) {
            alter(column, "type", Types.of(action.data_type()).name());
        } else if (action.set_def_column() != null) {
            alter(column, "default", Words.text(action.set_def_column().vex()));
        } else if (action.drop_def() != null) {
            alter(column, "default", "");
        } else if (action.NULL() != null) {
            alter(column, "nullable", String.valueOf(action.set == null));
        } else if (action.identity_body() != null) {
            table.createSequenceOf(column);
            alter(column, "identity", action.identity_body().ALWAYS() != null ? "always" : "by default");
        } else {
            alter(column, "changed", Words.text(action));
        }
    }

    private void alter(String column, String property, String value) {
        at.alter(table.column(column), Map.of(property, value));
    }

    private void changed(String text) {
        at.alter(table.name(), Map.of("changed", text));
    }
}
