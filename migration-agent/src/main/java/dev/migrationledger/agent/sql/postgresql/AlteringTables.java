package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.effect.TableChanges;
import dev.migrationledger.agent.sql.postgresql.ParsedNames.Qualified;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.Aspect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.Definition.TriggerState;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.SqlReason.Statement;
import dev.migrationledger.contracts.unread.SqlReason.UnknownStatement;
import java.util.Set;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_partitionContext;
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
        Qualified name = ParsedNames.qualified(statement.name);
        AlteringTables altering = new AlteringTables(new TableChanges(at, name.schema(), name.name()), at);
        if (statement.rename_to() != null) {
            at.rename(name.table(), new Qualified(name.schema(), ParsedNames.name(statement.rename_to().name)).table());
        } else if (statement.set_schema() != null) {
            at.rename(name.table(), new Qualified(ParsedNames.name(statement.set_schema().identifier()), name.name())
                    .table());
        } else if (statement.RENAME() != null) {
            altering.renamedPart(statement);
        } else if (statement.alter_partition() != null) {
            altering.partition(statement.alter_partition());
        } else if (statement.table_action().isEmpty()) {
            at.alter(name.table(), new Alteration.Unknown(Aspect.ANYTHING, "ALTER " + ParsedNames.text(statement)));
        } else {
            statement.table_action().forEach(altering::action);
        }
    }

    private void partition(Alter_partitionContext action) {
        if (action.DETACH() != null) {
            at.alter(ParsedNames.qualified(action.child).table(), new Alteration.PartitionSet(null));
            return;
        }
        Qualified partition = ParsedNames.qualified(action.partition_table_value().schema_qualified_name());
        at.alter(partition.table(), new Alteration.PartitionSet(table.name()));
    }

    private void renamedPart(Alter_table_statementContext statement) {
        String from = ParsedNames.name(statement.identifier(0));
        String to = ParsedNames.name(statement.identifier(1));
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
                    new TableChanges(here, table.schema(), table.table()), false);
            definition.column(action.table_column_definition());
            definition.done();
        } else if (action.tabl_constraint != null) {
            TableDefinition definition = new TableDefinition(table, false);
            definition.constraint(action.tabl_constraint, null);
            definition.done();
        } else if (action.column_action() != null) {
            column(ParsedNames.name(action.column), action.column_action());
        } else if (action.drop_constraint() != null) {
            Drop_constraintContext drop = action.drop_constraint();
            at.only(drop.if_exists() != null)
                    .drop(table.constraint(ParsedNames.name(drop.constraint_name)),
                            ParsedNames.cascades(drop.cascade_restrict()));
        } else if (action.column != null) {
            at.only(action.if_exists() != null)
                    .drop(table.column(ParsedNames.name(action.column)),
                            ParsedNames.cascades(action.cascade_restrict()));
        } else if (action.ALTER() != null && action.CONSTRAINT() != null) {
            boolean timed = action.table_deferrable() != null || action.table_initialy_immed() != null;
            at.alter(table.constraint(ParsedNames.name(action.identifier())), timed
                    ? new Alteration.TimingSet(
                            TableDefinition.timing(action.table_deferrable(), action.table_initialy_immed()))
                    : new Alteration.Unknown(Aspect.ANYTHING, ParsedNames.text(action)));
        } else if (action.validate_constraint() != null) {
            at.alter(table.constraint(ParsedNames.parts(action.validate_constraint().constraint_name).getLast()),
                    new Alteration.Validated());
        } else if (action.trigger_name != null) {
            at.alter(new ObjectName(ObjectKind.TRIGGER, table.schema(), table.table(),
                    ParsedNames.parts(action.trigger_name).getLast()),
                    new Alteration.TriggerSet(state(action)));
        } else if (action.TRIGGER() != null) {
            at.unknown(ParsedNames.text(action), new UnknownStatement(Statement.TRIGGERS_MADE_BEFORE),
                    new Reach(Set.of(Action.ALTER), Set.of(ObjectKind.TRIGGER), Set.of(table.table())));
        } else if (action.parent_table != null) {
            at.alter(table.name(), new Alteration.InheritanceSet(
                    ParsedNames.qualified(action.parent_table).table(), action.inherit_option().NO() == null));
        } else if (action.owner_to() == null) {
            // Views have owners as well, and nobody compares them.
            at.alter(table.name(), new Alteration.NotCompared(ParsedNames.text(action)));
        }
    }

    private static TriggerState state(Table_actionContext action) {
        if (action.DISABLE() != null) {
            return TriggerState.DISABLED;
        }
        return action.REPLICA() != null
                ? TriggerState.REPLICA
                : action.ALWAYS() != null ? TriggerState.ALWAYS : TriggerState.ENABLED;
    }

    private void column(String column, Column_actionContext action) {
        if (action.data_type() != null) {
            alter(column, new Alteration.TypeChanged(Types.of(action.data_type()).name(),
                    Types.collation(action.collate_identifier())));
        } else if (action.set_def_column() != null) {
            alter(column, new Alteration.DefaultSet(ParsedNames.text(action.set_def_column().vex())));
        } else if (action.drop_def() != null || (action.EXPRESSION() != null && action.DROP() != null)) {
            alter(column, new Alteration.DefaultSet(null));
        } else if (action.NULL() != null) {
            alter(column, new Alteration.NullableSet(action.set == null));
        } else if (action.identity_body() != null) {
            table.createSequenceOf(column);
            alter(column, new Alteration.IdentitySet(
                    action.identity_body().ALWAYS() != null ? "ALWAYS" : "BY DEFAULT"));
        } else if (action.IDENTITY() != null) {
            alter(column, new Alteration.IdentitySet(null));
        } else {
            alter(column, new Alteration.NotCompared(ParsedNames.text(action)));
        }
    }

    private void alter(String column, Alteration change) {
        at.alter(table.column(column), change);
    }
}
