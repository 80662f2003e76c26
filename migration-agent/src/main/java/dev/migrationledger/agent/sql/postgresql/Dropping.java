package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.unread.SqlReason.Statement;
import dev.migrationledger.contracts.unread.SqlReason.UnknownStatement;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_policy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_trigger_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;

/** DROP. */
final class Dropping {

    private Dropping() {}

    static void read(ParserRuleContext what, Changes.At at) {
        String text = "DROP " + ParsedNames.text(what);
        switch (what) {
            case Drop_statementsContext drop -> {
                ObjectKind kind = kind(drop);
                if (kind == null) {
                    FirstWords.read(text, new UnknownStatement(Statement.OBJECT_KIND), at);
                    return;
                }
                var names = drop.if_exist_names_restrict_cascade();
                Changes.At here = at.only(names.if_exists() != null);
                for (Schema_qualified_nameContext name : names.names_references().schema_qualified_name()) {
                    here.drop(ParsedNames.qualified(name).of(kind), ParsedNames.cascades(names.cascade_restrict()));
                }
            }
            case Drop_function_statementContext function when function.function_args() != null -> at
                    .only(function.if_exists() != null).drop(
                            FunctionNames.name(function.name, function.function_args()),
                            ParsedNames.cascades(function.cascade_restrict()));
            // Only right while there is one of this name.
            case Drop_function_statementContext function -> at.only(function.if_exists() != null).drop(
                    ParsedNames.qualified(function.name).of(ObjectKind.FUNCTION),
                    ParsedNames.cascades(function.cascade_restrict()));
            case Drop_trigger_statementContext trigger -> at.only(trigger.if_exists() != null).drop(
                    ParsedNames.qualified(trigger.table_name).own(ObjectKind.TRIGGER, ParsedNames.name(trigger.name)),
                    ParsedNames.cascades(trigger.cascade_restrict()));
            case Drop_policy_statementContext policy -> at.only(policy.if_exists() != null).drop(
                    ParsedNames.qualified(policy.schema_qualified_name())
                            .own(ObjectKind.POLICY, ParsedNames.name(policy.identifier())));
            default -> FirstWords.read(text, new UnknownStatement(Statement.OBJECT_KIND), at);
        }
    }

    private static @Nullable ObjectKind kind(Drop_statementsContext drop) {
        if (drop.TABLE() != null) {
            return ObjectKind.TABLE;
        }
        if (drop.VIEW() != null) {
            return drop.MATERIALIZED() != null ? ObjectKind.MATERIALIZED_VIEW : ObjectKind.VIEW;
        }
        if (drop.INDEX() != null) {
            return ObjectKind.INDEX;
        }
        if (drop.SEQUENCE() != null) {
            return ObjectKind.SEQUENCE;
        }
        if (drop.TYPE() != null) {
            return ObjectKind.ENUM;
        }
        if (drop.SCHEMA() != null) {
            return ObjectKind.SCHEMA;
        }
        if (drop.EXTENSION() != null) {
            return ObjectKind.EXTENSION;
        }
        return drop.DOMAIN() != null ? ObjectKind.DOMAIN : null;
    }
}
