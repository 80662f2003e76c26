package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.database.capture.CapturedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose statement changed the version table. Alembic sends four statements and no others; that of a change is composed again
 * and compared token by token, so that neither blanks nor comments matter, and everything else does.
 */
enum StatementOrigin {
    /** What Alembic sends for this very change, be it a migration or a stamp. */
    STEP,
    /** {@code DELETE FROM} the table, without a condition, which Alembic sends for {@code stamp --purge} alone. */
    PURGE,
    /** Something that Alembic never sends. */
    FOREIGN,
    /** The statement is not known, or not the whole of it. */
    UNKNOWN;

    /** Ends a statement that was longer. */
    private static final String SHORTENED = "…";

    private static final String COLUMN = "version_num";

    /** @param table with its schema, as in {@code public.alembic_version} */
    static StatementOrigin of(CapturedChange change, String table) {
        String statement = change.statement();
        if (statement == null) {
            return UNKNOWN;
        }
        List<List<String>> sent = Tokens.statements(statement);
        int dot = table.indexOf('.');
        List<String> named = List.of(table.substring(dot + 1));
        List<String> qualified = dot < 0 ? named : List.of(table.substring(0, dot), ".", table.substring(dot + 1));
        if (Stream.of(named, qualified).anyMatch(it -> steps(change, it).stream().anyMatch(sent::contains))) {
            return STEP;
        }
        if (change.operation() == CapturedChange.Operation.DELETE
                && Stream.of(named, qualified).anyMatch(it -> sent.contains(tokens("DELETE", "FROM", it)))) {
            return PURGE;
        }
        return statement.endsWith(SHORTENED) ? UNKNOWN : FOREIGN;
    }

    private static List<List<String>> steps(CapturedChange change, List<String> table) {
        String before = string(change.before());
        String after = string(change.after());
        return switch (change.operation()) {
            case INSERT -> {
                List<String> insert = tokens("INSERT", "INTO", table, "(", COLUMN, ")", "VALUES", "(", after, ")");
                yield List.of(insert, tokens(insert, "RETURNING", table, ".", COLUMN));
            }
            case UPDATE -> List.of(tokens("UPDATE", table, "SET", COLUMN, "=", after, "WHERE", table, ".", COLUMN, "=",
                    before));
            case DELETE -> List.of(tokens("DELETE", "FROM", table, "WHERE", table, ".", COLUMN, "=", before));
            case TRUNCATE, DROP, SCHEMA_ONLY -> List.of();
        };
    }

    private static String string(@Nullable String version) {
        return "'" + version + "'";
    }

    /** Words, and lists of words in their places. */
    private static List<String> tokens(Object... parts) {
        List<String> tokens = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof List<?> several) {
                several.forEach(one -> tokens.add(String.valueOf(one)));
            } else {
                tokens.add(String.valueOf(part));
            }
        }
        return List.copyOf(tokens);
    }
}
