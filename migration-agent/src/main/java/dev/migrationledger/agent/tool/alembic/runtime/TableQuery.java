package dev.migrationledger.agent.tool.alembic.runtime;

import dev.migrationledger.agent.python.symbolic.Sought;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query by which a script finds out whether a table or column is there: it fails if that is missing, and for no other
 * reason. {@code SELECT 1 FROM a}, {@code SELECT b, c FROM a LIMIT 0}.
 */
final class TableQuery extends QueryReader {

    private static final Set<String> VALUES = Set.of("null", "true", "false");

    private final List<String> columns = new ArrayList<>();

    private TableQuery(List<Token> tokens) {
        super(tokens);
    }

    /**
     * What a query needs.
     *
     * @return absent if it can fail for another reason, or always succeeds
     */
    static @Nullable List<Sought> needs(String sql) {
        try {
            TableQuery query = new TableQuery(tokens(sql, Map.of(), List.of()));
            List<Sought> needs = query.statement();
            return query.isAtEnd() ? needs : null;
        } catch (NotUnderstood e) {
            return null;
        }
    }

    private List<Sought> statement() throws NotUnderstood {
        expect("select");
        do {
            column();
            label();
        } while (accept(","));
        expect("from");
        String schema = null;
        String table = word();
        if (accept(".")) {
            schema = table;
            table = word();
        }
        if (table.startsWith("pg_") || "information_schema".equals(schema)) {
            throw new NotUnderstood();
        }
        label();
        if (accept("where")) {
            nothing();
        }
        if (accept("limit")) {
            number();
        }
        List<Sought> needs = new ArrayList<>(List.of(new Sought(Sought.Kind.RELATION, schema, null, table)));
        for (String column : columns) {
            needs.add(new Sought(Sought.Kind.COLUMN, schema, table, column));
        }
        return needs;
    }

    /** A column, also counted; all of them; a value. */
    private void column() throws NotUnderstood {
        if (accept("*")) {
            return;
        }
        if (accept("count") || accept("max") || accept("min")) {
            expect("(");
            column();
            expect(")");
            return;
        }
        Token token = next();
        if (token.type() == Type.SIGN) {
            throw new NotUnderstood();
        }
        if (token.type() == Type.TEXT || VALUES.contains(token.text()) || isNumber(token.text())) {
            return;
        }
        String name = token.text();
        if (accept(".")) {
            if (accept("*")) {
                return;
            }
            name = word();
        }
        columns.add(name);
    }

    /** A condition that never holds: {@code false}, {@code 1 = 0}. */
    private void nothing() throws NotUnderstood {
        if (!accept("false")) {
            number();
            expect("=");
            number();
        }
    }

    private void number() throws NotUnderstood {
        if (!isNumber(word())) {
            throw new NotUnderstood();
        }
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }
}
