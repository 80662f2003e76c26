package dev.migrationledger.agent.tool.alembic.footprint.sql;

import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
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

/** Runs the parser: the fast way first, which refuses a few texts that the thorough one takes. */
final class Grammar {

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
        try {
            return rule.apply(parser(sql, PredictionMode.SLL));
        } catch (ParseCancellationException fastWayRefuses) {
            try {
                return rule.apply(parser(sql, PredictionMode.LL));
            } catch (ParseCancellationException e) {
                throw refused(e);
            }
        }
    }

    private static SQLParser parser(String sql, PredictionMode mode) {
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
        SQLParser parser = new SQLParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(mode);
        return parser;
    }

    private static Refused refused(ParseCancellationException e) {
        Token at = e.getCause() instanceof RecognitionException cause ? cause.getOffendingToken() : null;
        return at == null ? new Refused(1, "its characters") : new Refused(at.getLine(), at.getText());
    }
}
