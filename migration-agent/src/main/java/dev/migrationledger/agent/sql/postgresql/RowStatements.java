package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Delete_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Insert_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Into_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Merge_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_stmt_for_psqlContext;

/** Statements about rows: which tables they write, wherever in them that stands. */
final class RowStatements {

    private RowStatements() {}

    static void read(Data_statementContext statement, Changes.At at) {
        boolean writes = false;
        for (ParserRuleContext part : parts(statement)) {
            switch (part) {
                case Insert_stmt_for_psqlContext insert -> {
                    at.write(ParsedNames.qualified(insert.insert_table_name).table());
                    writes = true;
                }
                case Update_stmt_for_psqlContext update -> {
                    at.write(ParsedNames.qualified(update.update_table_name).table());
                    writes = true;
                }
                case Delete_stmt_for_psqlContext delete -> {
                    at.write(ParsedNames.qualified(delete.delete_table_name).table());
                    writes = true;
                }
                case Merge_stmt_for_psqlContext merge -> {
                    at.write(ParsedNames.qualified(merge.merge_table_name).table());
                    writes = true;
                }
                case Into_tableContext into -> {
                    boolean temporary = into.TEMP() != null || into.TEMPORARY() != null;
                    Creating.fromQuery(Creating.where(into.schema_qualified_name(), temporary), QueryColumns.of(into),
                            at);
                    writes = true;
                }
                default -> {
                    // Of a call it matters only whether it is all there is.
                }
            }
        }
        if (!writes) {
            calls(statement, at);
        }
    }

    /** INTO of a query; absent: it has none. */
    static @Nullable Into_tableContext into(Data_statementContext statement) {
        return (Into_tableContext) parts(statement).stream()
                .filter(Into_tableContext.class::isInstance).findFirst().orElse(null);
    }

    private static void calls(Data_statementContext statement, Changes.At at) {
        for (ParserRuleContext part : parts(statement)) {
            if (part instanceof Function_callContext call
                    && Called.read(call, ParsedNames.text(statement), at)) {
                return;
            }
        }
    }

    /** In the order in which they stand. A row of operators is a tree as deep as it is long. */
    private static List<ParserRuleContext> parts(ParseTree root) {
        List<ParserRuleContext> parts = new ArrayList<>();
        Deque<ParseTree> next = new ArrayDeque<>(List.of(root));
        while (!next.isEmpty()) {
            ParseTree node = next.pop();
            if (node instanceof ParserRuleContext part) {
                parts.add(part);
            }
            for (int i = node.getChildCount() - 1; i >= 0; i--) {
                next.push(node.getChild(i));
            }
        }
        return parts;
    }
}
