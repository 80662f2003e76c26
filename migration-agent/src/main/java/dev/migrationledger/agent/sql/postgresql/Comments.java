package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.postgresql.ParsedNames.Qualified;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Comment_member_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Comment_on_statementContext;

/** COMMENT ON. */
final class Comments {

    private Comments() {}

    static void read(Comment_on_statementContext comment, Changes.At at) {
        ObjectName object = object(comment.comment_member_object());
        if (object != null) {
            at.alter(object, new Alteration.Commented(
                    comment.sconst() == null ? "" : ParsedNames.constant(comment.sconst())));
        }
    }

    private static @Nullable ObjectName object(Comment_member_objectContext on) {
        if (on.COLUMN() != null) {
            List<String> parts = ParsedNames.parts(on.name);
            int count = parts.size();
            return count < 2
                    ? null
                    : ObjectName.column(count > 2 ? parts.get(0) : null, parts.get(count - 2), parts.getLast());
        }
        if (on.CONSTRAINT() != null && on.DOMAIN() == null) {
            return ParsedNames.qualified(on.table_name).own(ObjectKind.CONSTRAINT, ParsedNames.name(on.identifier()));
        }
        if (on.TRIGGER() != null && on.EVENT() == null) {
            return ParsedNames.qualified(on.table_name).own(ObjectKind.TRIGGER, ParsedNames.name(on.identifier()));
        }
        if (on.POLICY() != null) {
            return ParsedNames.qualified(on.table_name).own(ObjectKind.POLICY, ParsedNames.name(on.identifier()));
        }
        if (on.FUNCTION() != null || on.PROCEDURE() != null) {
            return FunctionNames.name(on.name, on.function_args());
        }
        if (on.SCHEMA() != null) {
            return new Qualified(null, ParsedNames.name(on.identifier())).of(ObjectKind.SCHEMA);
        }
        if (on.EXTENSION() != null) {
            return new Qualified(null, ParsedNames.name(on.identifier())).of(ObjectKind.EXTENSION);
        }
        ObjectKind kind = on.TABLE() != null
                ? ObjectKind.TABLE
                : on.VIEW() != null
                        ? on.MATERIALIZED() != null ? ObjectKind.MATERIALIZED_VIEW : ObjectKind.VIEW
                        : on.INDEX() != null
                                ? ObjectKind.INDEX
                                : on.SEQUENCE() != null
                                        ? ObjectKind.SEQUENCE
                                        : on.TYPE() != null
                                                ? ObjectKind.ENUM
                                                : on.DOMAIN() != null ? ObjectKind.DOMAIN : null;
        return kind == null || on.name == null ? null : ParsedNames.qualified(on.name).of(kind);
    }
}
