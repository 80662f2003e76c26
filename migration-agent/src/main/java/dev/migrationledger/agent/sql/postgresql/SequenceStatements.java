package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.postgresql.ParsedNames.Qualified;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Sequence_bodyContext;

/** What is said of sequences: of it all, only the column is compared with which one goes. */
final class SequenceStatements {

    private SequenceStatements() {}

    /** Absent: no column, or none is named. */
    static @Nullable ObjectName owner(Qualified sequence, List<Sequence_bodyContext> body) {
        for (Sequence_bodyContext part : body) {
            if (part.OWNED() != null) {
                return column(sequence, ParsedNames.parts(part.col_name));
            }
        }
        return null;
    }

    /** Its schema is the sequence's: PostgreSQL demands that. */
    private static @Nullable ObjectName column(Qualified sequence, List<String> parts) {
        int count = parts.size();
        String schema = count > 2 ? parts.get(count - 3) : sequence.schema();
        return count < 2 ? null : ObjectName.column(schema, parts.get(count - 2), parts.getLast());
    }

    static void altered(Alter_sequence_statementContext statement, String text, Changes.At at) {
        Qualified name = ParsedNames.qualified(statement.name);
        boolean owned = statement.sequence_body().stream().anyMatch(part -> part.OWNED() != null);
        at.alter(name.of(ObjectKind.SEQUENCE), owned
                ? new Alteration.OwnerSet(owner(name, statement.sequence_body()))
                : new Alteration.NotCompared(text));
    }
}
