package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.contracts.unread.SqlReason.Statement;
import dev.migrationledger.contracts.unread.SqlReason.UnknownStatement;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_blockContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vex_eofContext;

/**
 * Runs the parser: the fast way first, which refuses a few texts that the thorough one takes. What is too large for it is refused
 * before it is asked.
 */
final class Grammar {

    /** Tokens. The thorough way can look at the rest of a text from each of them. */
    private static final int MOST_THOROUGHLY = 20_000;

    private static final int STEPS_OF_PARSER = 100;
    private static final int STEPS_OF_TOKEN = 2;

    private Grammar() {}

    static List<StatementContext> statements(String sql) throws Refused {
        return read(sql, parser -> parser.sql().statement());
    }

    static Vex_eofContext expression(String sql) throws Refused {
        return read(sql, SQLParser::vex_eof);
    }

    static Data_typeContext type(String sql) throws Refused {
        return read(sql, SQLParser::data_type);
    }

    /** A block of PL/pgSQL. */
    static Function_blockContext block(String body) throws Refused {
        return read(body, parser -> parser.plpgsql_function().function_block());
    }

    private static <T> T read(String sql, Function<SQLParser, T> rule) throws Refused {
        Scanner scanner = new Scanner(sql);
        int tokens = Extent.of(scanner).checked().tokens();
        if (scanner.metOpenComment()) {
            throw new Refused(new UnknownStatement(Statement.UNCLOSED_COMMENT));
        }
        String readable = scanner.withoutNestedComments();
        StepBudget steps = StepBudget.current();
        steps.take(STEPS_OF_PARSER + STEPS_OF_TOKEN * tokens);
        try {
            return rule.apply(parser(readable, PredictionMode.SLL, steps));
        } catch (ParseCancellationException fastWayRefuses) {
            if (fastWayRefuses instanceof BoundedParser.TooDeep || tokens > MOST_THOROUGHLY) {
                throw refused(fastWayRefuses);
            }
            try {
                return rule.apply(parser(readable, PredictionMode.LL, steps));
            } catch (ParseCancellationException e) {
                throw refused(e);
            }
        }
    }

    private static SQLParser parser(String sql, PredictionMode mode, StepBudget steps) {
        SQLLexer lexer = new SQLLexer(CharStreams.fromString(sql));
        lexer.removeErrorListeners();
        lexer.addErrorListener(new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    Object offending,
                    int line,
                    int column,
                    String message,
                    RecognitionException cause) {
                throw new ParseCancellationException(message, cause);
            }
        });
        return new BoundedParser(new CommonTokenStream(lexer), mode, steps);
    }

    private static Refused refused(ParseCancellationException e) {
        if (e instanceof BoundedParser.TooDeep) {
            return new Refused(new UnknownStatement(Statement.STATEMENT_TOO_DEEP));
        }
        Token at = e.getCause() instanceof RecognitionException cause ? cause.getOffendingToken() : null;
        return at == null ? Refused.at(1, "its characters") : Refused.at(at.getLine(), at.getText());
    }
}
