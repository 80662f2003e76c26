package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.text.SqlScript;
import dev.migrationledger.contracts.unread.SqlReason.Statement;
import dev.migrationledger.contracts.unread.SqlReason.UnknownStatement;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vex_eofContext;

/** What SQL does that is written out in a script. */
public final class LiteralSql {

    /** Characters. Beyond this it is data rather than a statement, and not worth the time. */
    private static final int LONGEST = 1 << 20;

    /** Characters. Longer texts are read statement by statement, so that not all of them are in memory as trees. */
    private static final int MOST_AT_ONCE = 1 << 16;

    /** Cutting so many characters into tokens takes about a step. */
    private static final int CHARACTERS_OF_STEP = 20;

    /** Stands for each part of a text that is not known: a letter that nobody uses, so that a name it is part of stays one. */
    static final String HOLE = "\uA66E";

    private LiteralSql() {}

    /**
     * Reads one or more statements.
     *
     * @param sql as it reaches SQLAlchemy
     */
    public static void read(String sql, Placeholders placeholders, Changes.At at) {
        read(placeholders.numbered(sql), new UnknownStatement(Statement.UNKNOWN_PARTS), at);
    }

    /**
     * Reads statements of which parts are not known.
     *
     * @param hole stands for each part that is not known
     * @param reason why, as a clause
     */
    public static void readOutline(
            String sql, char hole, Placeholders placeholders, UnreadReason reason, Changes.At at) {
        read(placeholders.numbered(sql).replace(String.valueOf(hole), HOLE), reason, at);
    }

    /** Bounds what all SQL of one script may cost that is read meanwhile. */
    public static <T> T ofScript(Supplier<T> reading) {
        return StepBudget.ofScript(reading);
    }

    private static void read(String sql, UnreadReason reason, Changes.At at) {
        StepBudget steps = StepBudget.current();
        if (!steps.enter()) {
            at.unknown(sql, new UnknownStatement(Statement.EXECUTES_TOO_DEEP), Mentioned.in(sql));
            return;
        }
        try {
            steps.take(1 + sql.length() / CHARACTERS_OF_STEP);
            readWithin(sql, reason, at);
        } catch (StepLimitExceeded exceeded) {
            if (!steps.isOutermost() || exceeded.isOfScript()) {
                throw exceeded;
            }
            SqlScript.statements(sql).forEach(
                    statement -> FirstWords.read(statement.text(), exceeded.reason(), at.below(statement.line() - 1)));
        } finally {
            steps.leave();
        }
    }

    private static void readWithin(String sql, UnreadReason reason, Changes.At at) {
        if (sql.length() > LONGEST) {
            at.unknown(sql.substring(0, 200), new UnknownStatement(Statement.TOO_LONG));
            return;
        }
        if (sql.contains(HOLE)) {
            each(sql, (statement, here) -> computed(statement, reason, here), at);
            return;
        }
        if (sql.length() > MOST_AT_ONCE) {
            each(sql, LiteralSql::single, at);
            return;
        }
        try {
            Grammar.statements(sql).forEach(
                    statement -> SqlStatement.read(statement, at.below(statement.getStart().getLine() - 1)));
        } catch (Refused refused) {
            // One of them spoils the whole; psql's commands and rows do as well.
            each(sql, LiteralSql::single, at);
        }
    }

    private static void each(String sql, BiConsumer<String, Changes.At> read, Changes.At at) {
        SqlScript.statements(sql).forEach(statement -> read.accept(statement.text(), at.below(statement.line() - 1)));
    }

    private static void computed(String statement, UnreadReason reason, Changes.At at) {
        if (statement.contains(HOLE)) {
            Computed.read(statement, reason, at);
        } else {
            single(statement, at);
        }
    }

    private static void single(String statement, Changes.At at) {
        try {
            Grammar.statements(Respelled.withoutQuotes(ConstantRows.withoutMost(statement)))
                    .forEach(one -> SqlStatement.read(one, at));
        } catch (Refused refused) {
            FirstWords.read(statement, refused.reason(), at);
        }
    }

    /** The columns that an expression mentions, each once, in its order; empty where it cannot be read. */
    public static List<String> columnsIn(String expression) {
        try {
            Vex_eofContext read = Grammar.expression(Placeholders.COLON.numbered(expression));
            return ParsedNames.columnsIn(read);
        } catch (Refused | StepLimitExceeded tooMuch) {
            return List.of();
        }
    }

    /** A type as PostgreSQL prints it, from the way in which SQL spells it. */
    public static String type(String spelling) {
        try {
            return Types.of(Grammar.type(spelling)).name();
        } catch (Refused | StepLimitExceeded tooMuch) {
            return spelling.toLowerCase(Locale.ROOT);
        }
    }
}
