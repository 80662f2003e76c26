package dev.migrationledger.agent.database.postgresql.schema.tree;

import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Bytes;
import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Items;
import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Struct;
import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the text of a {@code pg_node_tree}; its lexical rules are those of PostgreSQL's {@code read.c}. */
final class TreeReader {

    /** A tree that cannot be read. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Levels; each operator takes two. A thread's stack of 1 MB holds 1,000 of them where the tree is written again, and not 1,400; no
     * expression that a person wrote comes near.
     */
    private static final int DEEPEST = 600;

    private static final Set<String> NUMBERS = Set.of("o", "i", "b", "x");

    private final String text;
    private int at;
    private int depth;

    private TreeReader(String text) {
        this.text = text;
    }

    static Node read(String text) {
        TreeReader reader = new TreeReader(text);
        Node node = reader.node(reader.token());
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw new Unreadable("something follows the tree");
        }
        return node;
    }

    private Node node(String token) {
        if (++depth > DEEPEST) {
            throw new Unreadable("too deep");
        }
        Node node = switch (token) {
            case "{" -> struct();
            case "(" -> items();
            case "", ")", "}" -> throw new Unreadable("a value is missing");
            default -> new Word(token);
        };
        depth--;
        return node;
    }

    private Node struct() {
        String tag = token();
        Map<String, Node> fields = new LinkedHashMap<>();
        for (String token = token(); !token.equals("}"); token = token()) {
            if (!token.startsWith(":")) {
                throw new Unreadable("no field: " + token);
            }
            Node value = node(token());
            fields.put(token.substring(1), peek() == '[' ? bytes() : value);
        }
        return new Struct(tag, fields);
    }

    private Node bytes() {
        token();
        List<Byte> bytes = new ArrayList<>();
        for (String token = token(); !token.equals("]"); token = token()) {
            try {
                bytes.add(Byte.valueOf(token));
            } catch (NumberFormatException e) {
                throw new Unreadable("no byte: " + token);
            }
        }
        return new Bytes(bytes);
    }

    private Node items() {
        List<Node> items = new ArrayList<>();
        String first = token();
        boolean numbers = NUMBERS.contains(first);
        for (String token = numbers ? token() : first; !token.equals(")"); token = token()) {
            items.add(node(token));
        }
        return new Items(numbers ? first : null, items);
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : ' ';
    }

    /** Empty at the end. */
    private String token() {
        skipSpace();
        if (at == text.length()) {
            return "";
        }
        char first = text.charAt(at);
        if (isBracket(first)) {
            at++;
            return String.valueOf(first);
        }
        StringBuilder token = new StringBuilder();
        while (at < text.length() && !isSpace(text.charAt(at)) && !isBracket(text.charAt(at))) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            token.append(text.charAt(at++));
        }
        return token.toString();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t';
    }

    private static boolean isBracket(char c) {
        return c == '(' || c == ')' || c == '{' || c == '}';
    }
}
