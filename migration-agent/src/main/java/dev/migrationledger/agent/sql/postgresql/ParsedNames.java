package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;

/** Names and texts out of a parsed statement. */
final class ParsedNames {

    private ParsedNames() {}

    /** A name of one or two parts. */
    record Qualified(@Nullable String schema, String name) {

        ObjectName of(ObjectKind kind) {
            return new ObjectName(kind, schema, null, name);
        }

        /** Something of a table whose name this is. */
        ObjectName own(ObjectKind kind, String owned) {
            return new ObjectName(kind, schema, name, owned);
        }

        ObjectName table() {
            return of(ObjectKind.TABLE);
        }
    }

    static String text(ParserRuleContext part) {
        Token start = part.getStart();
        Token stop = part.getStop();
        if (stop == null || stop.getStopIndex() < start.getStartIndex()) {
            return "";
        }
        return start.getInputStream().getText(Interval.of(start.getStartIndex(), stop.getStopIndex()));
    }

    /** As the catalogs have it: without quotes, in lower case if it had none, cut. */
    static String name(ParseTree identifier) {
        String written = written(identifier);
        boolean quoted = written.length() > 1 && written.startsWith("\"");
        return GeneratedNames.truncated(
                quoted
                        ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                        : written.toLowerCase(Locale.ROOT));
    }

    /** With its quotes, which the tokens themselves have lost. */
    private static String written(ParseTree identifier) {
        return switch (identifier) {
            case ParserRuleContext part -> text(part);
            case TerminalNode leaf -> leaf.getSymbol().getInputStream()
                    .getText(Interval.of(leaf.getSymbol().getStartIndex(), leaf.getSymbol().getStopIndex()));
            default -> identifier.getText();
        };
    }

    static List<String> parts(Schema_qualified_nameContext name) {
        List<String> parts = new ArrayList<>();
        parts.add(name(name.identifier()));
        name.identifier_reserved().forEach(part -> parts.add(name(part)));
        return parts;
    }

    static Qualified qualified(Schema_qualified_nameContext name) {
        List<String> parts = parts(name);
        return new Qualified(parts.size() > 1 ? parts.get(parts.size() - 2) : null, parts.getLast());
    }

    /** Whether what depends on an object goes along. */
    static boolean cascades(@Nullable Cascade_restrictContext cascade) {
        return cascade != null && cascade.CASCADE() != null;
    }

    /** The text of a constant. */
    static String constant(SconstContext constant) {
        String written = text(constant);
        if (written.startsWith("$")) {
            int tag = written.indexOf('$', 1) + 1;
            return written.substring(tag, written.length() - tag);
        }
        int quote = written.indexOf('\'');
        return written.substring(quote + 1, written.lastIndexOf('\'')).replace("''", "'");
    }

    /** The name, where an expression is nothing but a column. */
    static @Nullable String column(ParserRuleContext expression) {
        ParseTree leaf = lastLeaf(expression);
        char first = written(leaf).charAt(0);
        boolean single = expression.getStart().getTokenIndex() == expression.getStop().getTokenIndex();
        boolean named = Character.isLetter(first) || first == '_' || first == '"';
        return single && named && !written(leaf).toUpperCase(Locale.ROOT).startsWith("CURRENT_") ? name(leaf) : null;
    }

    /** A column's name or, in brackets, the expression. */
    static String columnOrExpression(ParserRuleContext expression) {
        String column = column(expression);
        String text = text(expression);
        return column != null ? column : text.startsWith("(") ? text : "(" + text + ")";
    }

    /** Whatever is named and neither called nor cast to. */
    static List<String> columnsIn(ParserRuleContext expression) {
        List<TerminalNode> leaves = new ArrayList<>();
        leaves(expression, leaves);
        Set<String> columns = new LinkedHashSet<>();
        for (int i = 0; i < leaves.size(); i++) {
            int type = leaves.get(i).getSymbol().getType();
            String before = i == 0 ? "" : leaves.get(i - 1).getText();
            String after = i + 1 == leaves.size() ? "" : leaves.get(i + 1).getText();
            boolean identifier = type == SQLLexer.Identifier || type == SQLLexer.QuotedIdentifier
                    || column(leaves.get(i));
            if (identifier && !before.equals("::") && !after.equals("(") && !after.equals(".")) {
                columns.add(name(leaves.get(i)));
            }
        }
        return List.copyOf(columns);
    }

    /** Whether a keyword stands where a column can: the grammar has names such as {@code type} and {@code status} apart. */
    private static boolean column(TerminalNode leaf) {
        return leaf.getParent() instanceof ParserRuleContext parent
                && parent.getClass().getSimpleName().startsWith("Tokens_non");
    }

    /** The last word of a part. */
    static ParseTree lastLeaf(ParserRuleContext expression) {
        ParseTree node = expression;
        while (node.getChildCount() > 0) {
            node = node.getChild(node.getChildCount() - 1);
        }
        return node;
    }

    /** In their order. A row of operators is a tree as deep as it is long. */
    private static void leaves(ParseTree root, List<TerminalNode> leaves) {
        Deque<ParseTree> next = new ArrayDeque<>(List.of(root));
        while (!next.isEmpty()) {
            ParseTree node = next.pop();
            if (node instanceof TerminalNode leaf && leaf.getSymbol().getType() != Token.EOF) {
                leaves.add(leaf);
            }
            for (int i = node.getChildCount() - 1; i >= 0; i--) {
                next.push(node.getChild(i));
            }
        }
    }
}
