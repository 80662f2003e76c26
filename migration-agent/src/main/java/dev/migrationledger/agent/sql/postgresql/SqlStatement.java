package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.unread.SqlReason.Statement;
import dev.migrationledger.contracts.unread.SqlReason.UnknownStatement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Anonymous_blockContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Only_table_multiplyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_dropContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_additionalContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Session_local_optionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Set_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/** One statement, by its kind. */
final class SqlStatement {

    static final String SEARCH_PATH = "search_path";

    /** What PostgreSQL does outside of a transaction only. */
    private static final Pattern CONCURRENTLY = Pattern.compile(
            "(?is)\\s*(?:create\\s+(?:unique\\s+)?index|drop\\s+index|alter\\s+table\\s[^;']*\\sdetach\\s+partition\\s[^;']*)\\s+concurrently\\b.*");

    private SqlStatement() {}

    static void read(StatementContext statement, Changes.At at) {
        if (statement.data_statement() != null) {
            RowStatements.read(statement.data_statement(), at);
        } else if (statement.schema_statement() != null) {
            boolean concurrently = CONCURRENTLY.matcher(ParsedNames.text(statement)).lookingAt();
            if (concurrently) {
                at.commit();
            }
            ParseTree kind = statement.schema_statement().getChild(0);
            switch (kind) {
                case Schema_createContext create -> Creating.read(create, at);
                case Schema_alterContext alter -> Altering.read(only(alter), at);
                case Schema_dropContext drop -> Dropping.read(only(drop), at);
                default -> throw new IllegalStateException("the grammar has no other");
            }
            if (concurrently) {
                at.commit();
            }
        } else if (statement.script_statement().script_additional() != null) {
            additional(statement.script_statement().script_additional(), at);
        } else if (isCommit(statement)) {
            at.commit();
        }
        // What remains begins or ends transactions and locks tables, which changes nothing.
    }

    private static boolean isCommit(StatementContext statement) {
        String word = statement.getStart().getText().toLowerCase(Locale.ROOT);
        return word.equals("commit") || word.equals("end");
    }

    /** What stands behind CREATE, ALTER or DROP. */
    static ParserRuleContext only(ParserRuleContext statement) {
        for (int i = 0; i < statement.getChildCount(); i++) {
            if (statement.getChild(i) instanceof ParserRuleContext part) {
                return part;
            }
        }
        return statement;
    }

    /** A new value of the search path moves whatever comes without a schema; other settings change nothing that lasts. */
    static void setting(Set_statementContext set, Changes.At at) {
        Session_local_optionContext option = set.set_action().session_local_option();
        if (option != null && option.config_param != null
                && ParsedNames.name(option.config_param).equals(SEARCH_PATH) && option.set_statement_value() != null) {
            search(option.set_statement_value().vex().stream().map(ParsedNames::text).collect(Collectors.joining(",")),
                    at);
        }
    }

    /** @param path schemas as SET has them */
    static void search(String path, Changes.At at) {
        at.search(Scanner.tokens(path).stream().filter(token -> token.isName() || token.isString()).map(Token::text)
                .toList());
    }

    private static void block(Anonymous_blockContext block, Changes.At at) {
        boolean quoted = block.sconst().size() > 1;
        int body = quoted && ParsedNames.text(block).regionMatches(true, 2, " LANGUAGE", 0, 9) ? 1 : 0;
        String language = quoted
                ? ParsedNames.constant(block.sconst(1 - body))
                : block.identifier() == null ? "plpgsql" : ParsedNames.name(block.identifier());
        if (language.equals("plpgsql")) {
            Block.read(ParsedNames.constant(block.sconst(body)), at);
        } else {
            at.unknown(ParsedNames.text(block), new UnknownStatement(Statement.OTHER_LANGUAGE),
                    Mentioned.in(ParsedNames.text(block)));
        }
    }

    private static void additional(Script_additionalContext statement, Changes.At at) {
        Additional_statementContext more = statement.additional_statement();
        if (more == null) {
            if (statement.CALL() != null) {
                Called.read(statement.function_call(), ParsedNames.text(statement), at);
            } else if (statement.execute_statement() != null) {
                at.unknown(ParsedNames.text(statement), new UnknownStatement(Statement.PREPARED_ELSEWHERE), Reach.ROWS);
            }
        } else if (more.anonymous_block() != null) {
            block(more.anonymous_block(), at);
        } else if (more.RESET() != null) {
            if (more.ALL() != null || ParsedNames.text(more).toLowerCase(Locale.ROOT).endsWith(SEARCH_PATH)) {
                at.search(List.of());
            }
        } else if (more.truncate_stmt() != null) {
            for (Only_table_multiplyContext table : more.truncate_stmt().only_table_multiply()) {
                at.write(ParsedNames.qualified(table.schema_qualified_name()).table());
            }
        } else if (more.copy_statement() != null) {
            if (more.copy_statement().copy_from_statement() != null) {
                at.write(ParsedNames
                        .qualified(more.copy_statement().copy_from_statement().table_cols().schema_qualified_name())
                        .table());
            }
        } else if (more.REFRESH() != null) {
            at.write(ParsedNames.qualified(more.schema_qualified_name()).of(ObjectKind.MATERIALIZED_VIEW));
        }
        // What remains only listens, analyzes, prepares or rebuilds what there is.
    }
}
