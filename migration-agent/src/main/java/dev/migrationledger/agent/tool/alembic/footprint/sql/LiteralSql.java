package dev.migrationledger.agent.tool.alembic.footprint.sql;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
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

    /** A parameter in PostgreSQL's grammar, which can stand for a value and not for a name. */
    private static final String HOLE = "$1";

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

    /**
     * Reads statements that are known but for parts that are taken for values, if they do nothing but read and write rows and
     * those parts are in no name.
     *
     * @param hole stands for each part that is not known
     * @return whether that is so; otherwise nothing is said
     */
    public static boolean readRows(String sql, char hole, boolean text, Changes.At at) {
        String statements = (text ? withoutParameters(sql) : sql).replace(String.valueOf(hole), HOLE);
        if (statements.length() > LONGEST) {
            return false;
        }
        Changes changes = new Changes();
        try {
            for (StatementContext statement : Grammar.statements(statements)) {
                if (statement.data_statement() == null) {
                    return false;
                }
                SqlStatement.read(statement, changes.at(1, false));
            }
        } catch (Refused refused) {
            return false;
        }
        Effects effects = changes.effects();
        boolean named = effects.changes().stream().anyMatch(effect -> effect.object().dotted().contains(HOLE)
                || effect.action() != Effect.Action.WRITE);
        if (named || !effects.isRead()) {
            return false;
        }
        effects.changes().forEach(effect -> at.write(effect.object()));
        return true;
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
