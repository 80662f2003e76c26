package dev.migrationledger.agent.tool.alembic.footprint.sql;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vex_eofContext;

/** What SQL does that is written out in a script. */
public final class LiteralSql {

    /** Characters. Beyond this it is data rather than a statement, and not worth the time. */
    private static final int LONGEST = 1 << 20;

    /** SQLAlchemy's own expression for the parameters of {@code text()}, in which a backslash protects a colon. */
    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w\\\\]):(\\w+)(?!:)");

    private LiteralSql() {}

    /**
     * Reads one or more statements.
     *
     * @param sql as it reaches SQLAlchemy
     * @param text whether it passes through {@code text()}, so that {@code :name} is a parameter
     */
    public static void read(String sql, boolean text, Changes.At at) {
        String statements = text ? withoutParameters(sql) : sql;
        if (statements.length() > LONGEST) {
            at.unknown(statements.substring(0, 200), "the statement is longer than a million characters");
            return;
        }
        List<StatementContext> parsed;
        try {
            parsed = Grammar.statements(statements);
        } catch (Refused refused) {
            at.unknown(statements, "PostgreSQL's grammar does not have this: " + refused.getMessage());
            return;
        }
        for (StatementContext statement : parsed) {
            SqlStatement.read(statement, at);
        }
    }

    /** In the place of each parameter the first of those that PostgreSQL's own grammar has. */
    private static String withoutParameters(String sql) {
        return PARAMETER.matcher(sql).replaceAll("\\$1").replace("\\:", ":");
    }

    /** The columns that an expression mentions, each once, in its order; empty where it cannot be read. */
    public static List<String> columnsIn(String expression) {
        try {
            Vex_eofContext read = Grammar.expression(withoutParameters(expression));
            return Words.columnsIn(read);
        } catch (Refused refused) {
            return List.of();
        }
    }

    /** A type as PostgreSQL prints it, from the way in which SQL spells it. */
    public static String type(String spelling) {
        try {
            return Types.of(Grammar.type(spelling)).name();
        } catch (Refused refused) {
            return spelling.toLowerCase(Locale.ROOT);
        }
    }
}
