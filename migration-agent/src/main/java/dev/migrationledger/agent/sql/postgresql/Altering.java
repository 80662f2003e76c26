package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.postgresql.ParsedNames.Qualified;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.Aspect;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.SqlReason.Statement;
import dev.migrationledger.contracts.unread.SqlReason.UnknownStatement;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** ALTER of anything but a table. */
final class Altering {

    private Altering() {}

    static void read(ParserRuleContext what, Changes.At at) {
        String text = "ALTER " + ParsedNames.text(what);
        switch (what) {
            case Alter_table_statementContext table -> AlteringTables.read(table, at.only(table.if_exists() != null));
            case Alter_index_statementContext index when index.schema_qualified_name() != null -> {
                Index_def_actionContext action = index.index_def_action();
                moved(ParsedNames.qualified(index.schema_qualified_name()), ObjectKind.INDEX, action.rename_to(), null,
                        text,
                        at.only(index.if_exists() != null));
            }
            case Alter_sequence_statementContext sequence when sequence.rename_to() == null
                    && sequence.set_schema() == null ->
                SequenceStatements.altered(sequence, text, at.only(sequence.if_exists() != null));
            case Alter_sequence_statementContext sequence -> moved(
                    ParsedNames.qualified(sequence.name), ObjectKind.SEQUENCE, sequence.rename_to(),
                    sequence.set_schema(),
                    text, at.only(sequence.if_exists() != null));
            case Alter_view_statementContext view when view.alter_view_action().RENAME() != null
                    && view.alter_view_action().rename_to() == null ->
                columnRenamed(
                        ParsedNames.qualified(view.name), ObjectKind.VIEW, view.alter_view_action().identifier(),
                        at.only(view.if_exists() != null));
            case Alter_view_statementContext view -> moved(
                    ParsedNames.qualified(view.name), ObjectKind.VIEW, view.alter_view_action().rename_to(),
                    view.alter_view_action().set_schema(), text, at.only(view.if_exists() != null));
            case Alter_materialized_view_statementContext view when view.schema_qualified_name() != null
                    && view.alter_materialized_view_action().RENAME() != null
                    && view.alter_materialized_view_action().rename_to() == null ->
                columnRenamed(
                        ParsedNames.qualified(view.schema_qualified_name()), ObjectKind.MATERIALIZED_VIEW,
                        view.alter_materialized_view_action().identifier(), at.only(view.if_exists() != null));
            case Alter_materialized_view_statementContext view when view.schema_qualified_name() != null -> moved(
                    ParsedNames.qualified(view.schema_qualified_name()), ObjectKind.MATERIALIZED_VIEW,
                    view.alter_materialized_view_action().rename_to(),
                    view.alter_materialized_view_action().set_schema(), text, at.only(view.if_exists() != null));
            case Alter_domain_statementContext domain -> moved(
                    ParsedNames.qualified(domain.name), ObjectKind.DOMAIN, domain.rename_to(), domain.set_schema(),
                    text, at);
            case Alter_type_statementContext type -> type(type, text, at);
            case Alter_schema_statementContext schema -> at.rename(
                    new Qualified(null, ParsedNames.name(schema.identifier())).of(ObjectKind.SCHEMA),
                    new Qualified(null, ParsedNames.name(schema.rename_to().name)).of(ObjectKind.SCHEMA));
            case Alter_extension_statementContext extension -> at.alter(
                    new Qualified(null, ParsedNames.name(extension.identifier())).of(ObjectKind.EXTENSION),
                    new Alteration.NotCompared(ParsedNames.text(extension.alter_extension_action())));
            case Alter_trigger_statementContext trigger when trigger.rename_to() != null -> {
                Qualified table = ParsedNames.qualified(trigger.schema_qualified_name());
                at.rename(table.own(ObjectKind.TRIGGER, ParsedNames.name(trigger.identifier(0))),
                        table.own(ObjectKind.TRIGGER, ParsedNames.name(trigger.rename_to().name)));
            }
            case Alter_policy_statementContext policy -> {
                Qualified table = ParsedNames.qualified(policy.schema_qualified_name());
                ObjectName name = table.own(ObjectKind.POLICY, ParsedNames.name(policy.identifier()));
                if (policy.rename_to() != null) {
                    at.rename(name, table.own(ObjectKind.POLICY, ParsedNames.name(policy.rename_to().name)));
                } else {
                    at.alter(name, new Alteration.NotCompared(text));
                }
            }
            case Alter_function_statementContext function when function.function_parameters() != null -> function(
                    function, text, at);
            case Alter_owner_statementContext _,Alter_default_privileges_statementContext _ -> {
                // Who owns an object is not compared, nor who may do what.
            }
            default -> FirstWords.read(text, new UnknownStatement(Statement.OBJECT_KIND), at);
        }
    }

    /** @param names before and afterwards */
    private static void columnRenamed(
            Qualified view, ObjectKind kind, List<IdentifierContext> names, Changes.At at) {
        // A column's name does not say that it is one of a view.
        at.alter(view.of(kind), new Alteration.NotCompared("RENAME COLUMN"));
        at.rename(view.own(ObjectKind.COLUMN, ParsedNames.name(names.getFirst())),
                view.own(ObjectKind.COLUMN, ParsedNames.name(names.getLast())));
    }

    private static void moved(
            Qualified name,
            ObjectKind kind,
            @Nullable Rename_toContext renamed,
            @Nullable Set_schemaContext schema,
            String text,
            Changes.At at) {
        if (renamed != null) {
            at.rename(name.of(kind), new Qualified(name.schema(), ParsedNames.name(renamed.name)).of(kind));
        } else if (schema != null) {
            at.rename(name.of(kind), new Qualified(ParsedNames.name(schema.identifier()), name.name()).of(kind));
        } else {
            at.alter(name.of(kind),
                    kind == ObjectKind.DOMAIN || kind == ObjectKind.VIEW || kind == ObjectKind.MATERIALIZED_VIEW
                            ? new Alteration.Unknown(Aspect.ANYTHING, text)
                            : new Alteration.NotCompared(text));
        }
    }

    private static void type(Alter_type_statementContext type, String text, Changes.At at) {
        Qualified name = ParsedNames.qualified(type.name);
        if (type.new_enum_value != null) {
            // IF NOT EXISTS or not: afterwards the enum has the value.
            String neighbour = type.existing_enum_value == null ? null : ParsedNames.constant(type.existing_enum_value);
            boolean before = type.BEFORE() != null;
            at.alter(name.of(ObjectKind.ENUM), new Alteration.ValueAdded(
                    ParsedNames.constant(type.new_enum_value), before ? neighbour : null, before ? null : neighbour));
        } else if (type.existing_enum_name != null) {
            at.alter(name.of(ObjectKind.ENUM), new Alteration.ValueRenamed(
                    ParsedNames.constant(type.existing_enum_name), ParsedNames.constant(type.new_enum_name)));
        } else if (type.rename_to() != null || type.set_schema() != null) {
            moved(name, ObjectKind.ENUM, type.rename_to(), type.set_schema(), text, at);
        } else {
            at.alter(name.of(ObjectKind.TYPE), new Alteration.Unknown(Aspect.ANYTHING, text));
        }
    }

    private static void function(Alter_function_statementContext function, String text, Changes.At at) {
        ObjectName name = FunctionNames.name(function.function_parameters());
        String types = name.name().substring(name.name().indexOf('('));
        if (function.rename_to() != null) {
            at.rename(name, new ObjectName(
                    ObjectKind.FUNCTION, name.schema(), null, ParsedNames.name(function.rename_to().name) + types));
        } else if (function.set_schema() != null) {
            at.rename(name, new ObjectName(
                    ObjectKind.FUNCTION, ParsedNames.name(function.set_schema().identifier()), null, name.name()));
        } else {
            at.alter(name, new Alteration.NotCompared(text));
        }
    }
}
