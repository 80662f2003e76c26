package dev.migrationledger.agent.tool.alembic.python;

import dev.migrationledger.agent.tool.alembic.python.Value.Items;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One expression, evaluated as far as that is possible without running anything: literals, names bound before, tuples,
 * lists, sets, concatenation, conditional expressions.
 */
final class Expression {

    /** Expressions that people write are a few levels deep; this keeps hostile ones off the stack. */
    private static final int DEEPEST = 100;

    /** Longer texts and lists are data, not identifiers; concatenating them again and again must not fill the memory. */
    private static final int LARGEST = 5_000;

    private static final int LONGEST_EXCERPT = 80;

    private final Cursor cursor;
    private final String source;
    private final int from;
    private final int to;
    private final Names names;
    private final @Nullable ImportedNames imports;
    private int depth;

    private Expression(String source, int from, int to, Names names, @Nullable ImportedNames imports) {
        this.cursor = new Cursor(source, from, to);
        this.source = source;
        this.from = from;
        this.to = to;
        this.names = names;
        this.imports = imports;
    }

    /** What an expression is worth. Imported names are looked up where {@code imports} is given. */
    static Binding evaluate(String source, int from, int to, int line, Names names, @Nullable ImportedNames imports) {
        try {
            Expression expression = new Expression(source, from, to, names, imports);
            Value value = expression.list();
            if (expression.cursor.more()) {
                throw new NotKnown("it is no plain literal");
            }
            return new Binding.Known(value, line);
        } catch (Alias alias) {
            return alias.imported;
        } catch (NotKnown e) {
            return new Binding.Unknown(excerpt(source, from, to), e.reason(), line);
        } catch (Malformed e) {
            return new Binding.Unknown(excerpt(source, from, to), e.reason(), line);
        }
    }

    /** Source on one line, shortened for messages. */
    static String excerpt(String source, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to && text.length() <= LONGEST_EXCERPT; i++) {
            char c = source.charAt(i);
            boolean space = c == ' ' || c == '\n' || c == '\t' || c == '\f';
            if (!space) {
                text.append(c);
            } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        }
        String excerpt = text.toString().stripTrailing();
        return excerpt.length() <= LONGEST_EXCERPT ? excerpt : excerpt.substring(0, LONGEST_EXCERPT - 1) + "…";
    }

    /** {@code a, b} without brackets is a tuple. */
    private Value list() throws NotKnown, Malformed {
        Value first = element(new ArrayList<>());
        if (!cursor.at(',')) {
            return first;
        }
        List<Value> values = new ArrayList<>(List.of(first));
        while (cursor.take(',') && cursor.more()) {
            values.add(element(values));
        }
        return items(Items.Kind.TUPLE, values);
    }

    /** Values that contain one another again and again must not fill the memory either. */
    private static Items items(Items.Kind kind, List<Value> values) throws NotKnown {
        Items items = Items.of(kind, values);
        if (items.size() > LARGEST) {
            throw new NotKnown("it is too long");
        }
        return items;
    }

    private Value element(List<Value> before) throws NotKnown, Malformed {
        if (before.size() >= LARGEST) {
            throw new NotKnown("it is too long");
        }
        return conditional();
    }

    private Value conditional() throws NotKnown, Malformed {
        if (++depth > DEEPEST) {
            throw new NotKnown("it is nested too deeply");
        }
        Value value = either();
        if (cursor.takeWord("if")) {
            Value condition = either();
            if (!cursor.takeWord("else")) {
                throw new NotKnown("it is no plain literal");
            }
            Value otherwise = conditional();
            value = condition.truth() ? value : otherwise;
        }
        depth--;
        return value;
    }

    private Value either() throws NotKnown, Malformed {
        Value value = sum();
        while (cursor.takeWord("or")) {
            Value other = sum();
            value = value.truth() ? value : other;
        }
        return value;
    }

    private Value sum() throws NotKnown, Malformed {
        Value value = primary();
        while (cursor.take('+')) {
            value = plus(value, primary());
        }
        return value;
    }

    static Value plus(Value left, Value right) throws NotKnown {
        if (left instanceof Value.Text start
                && right instanceof Value.Text end
                && start.text().length() + end.text().length() <= LARGEST) {
            return new Value.Text(start.text() + end.text());
        }
        if (left instanceof Items start
                && right instanceof Items end
                && start.kind() == end.kind()
                && start.kind() != Items.Kind.SET
                && start.values().size() + end.values().size() <= LARGEST) {
            List<Value> both = new ArrayList<>(start.values());
            both.addAll(end.values());
            return items(start.kind(), both);
        }
        throw new NotKnown("it adds what cannot be added here");
    }

    private Value primary() throws NotKnown, Malformed {
        char next = cursor.peek();
        Value value = switch (next) {
            case '(' -> parenthesised();
            case '[' -> items('[', ']', Items.Kind.LIST);
            case '{' -> items('{', '}', Items.Kind.SET);
            default -> {
                if (cursor.atString()) {
                    yield strings();
                }
                String word = cursor.word();
                if (word.isEmpty()) {
                    throw new NotKnown("it is no plain literal");
                }
                yield word.charAt(0) <= '9' ? new Value.Other(word, nonZero(word)) : named(word);
            }
        };
        char after = cursor.peek();
        if (after == '.' || after == '(' || after == '[') {
            throw new NotKnown(after == '(' ? "it calls something" : "it looks inside something");
        }
        return value;
    }

    private static boolean nonZero(String number) {
        return number.chars().anyMatch(c -> c >= '1' && c <= '9');
    }

    private Value named(String word) throws NotKnown, Malformed {
        return switch (word) {
            case "None" -> Value.None.NONE;
            case "True" -> new Value.Other(word, true);
            case "False" -> new Value.Other(word, false);
            case "not", "lambda", "await", "yield" -> throw new NotKnown("it is no plain literal");
            default -> {
                Binding binding = names.find(word);
                if (binding == null) {
                    yield cursor.at('(') ? built(word) : unbound(word);
                }
                yield valueOf(word, binding);
            }
        };
    }

    private static Value unbound(String word) throws NotKnown {
        if (word.equals("TYPE_CHECKING")) {
            return new Value.Other(word, false);
        }
        throw new NotKnown("'" + word + "' is not bound to a literal above it");
    }

    private Value valueOf(String word, Binding binding) throws NotKnown {
        return switch (binding) {
            case Binding.Known known -> known.value();
            case Binding.Unknown unknown -> throw new NotKnown(
                    "'" + word + "' on line " + unknown.line() + " cannot be known: " + unknown.reason());
            case Binding.Imported imported -> {
                String name = word;
                Binding.Imported wanted = imported;
                if (cursor.at('.')) {
                    List<String> attributes = attributes();
                    name = word + "." + String.join(".", attributes);
                    wanted = attributeOf(imported, attributes);
                } else if (imported.name() != null && imports == null && isAll(word)) {
                    throw new Alias(imported);
                }
                if ("TYPE_CHECKING".equals(wanted.name())) {
                    yield new Value.Other(name, false);
                }
                if (imports == null) {
                    throw new NotKnown("'" + name + "' is imported");
                }
                yield switch (imports.find(wanted, name)) {
                    case Binding.Known known -> known.value();
                    case Binding.Unknown unknown -> throw new NotKnown("'" + name + "': " + unknown.reason());
                    case Binding.Imported again ->
                        throw new NotKnown("'" + name + "' is imported from another module again");
                };
            }
        };
    }

    /** Whether the expression is nothing but the word just read. */
    private boolean isAll(String word) {
        return !cursor.more() && new Cursor(source, from, to).word().equals(word);
    }

    /** {@code import a.b} then {@code a.b.C}, or {@code from a import b} then {@code b.C}. */
    private static Binding.Imported attributeOf(Binding.Imported imported, List<String> attributes) {
        List<String> module = new ArrayList<>(List.of(imported.module()));
        if (imported.name() != null) {
            module.add(imported.name());
        }
        module.addAll(attributes.subList(0, attributes.size() - 1));
        module.removeIf(String::isEmpty);
        return new Binding.Imported(
                imported.level(), String.join(".", module), attributes.getLast(), imported.line());
    }

    private List<String> attributes() {
        List<String> attributes = new ArrayList<>();
        while (cursor.take('.')) {
            attributes.add(cursor.word());
        }
        return attributes;
    }

    /** A call of one of Python's own constructors. */
    private Value built(String word) throws NotKnown, Malformed {
        Items.Kind kind = switch (word) {
            case "tuple" -> Items.Kind.TUPLE;
            case "list" -> Items.Kind.LIST;
            case "set", "frozenset" -> Items.Kind.SET;
            default -> throw new NotKnown("it calls '" + word + "'");
        };
        cursor.take('(');
        if (cursor.take(')')) {
            return items(kind, List.of());
        }
        if (conditional() instanceof Items items && cursor.take(')')) {
            return items(kind, items.values());
        }
        throw new NotKnown("it calls '" + word + "'");
    }

    private Value parenthesised() throws NotKnown, Malformed {
        cursor.take('(');
        if (cursor.take(')')) {
            return items(Items.Kind.TUPLE, List.of());
        }
        List<Value> values = new ArrayList<>();
        boolean spread = add(values);
        if (!spread && cursor.take(')')) {
            return values.getFirst();
        }
        return rest(values, ')', Items.Kind.TUPLE);
    }

    private Value items(char open, char close, Items.Kind kind) throws NotKnown, Malformed {
        cursor.take(open);
        if (cursor.take(close)) {
            if (kind == Items.Kind.SET) {
                return new Value.Other("{}", false);
            }
            return items(kind, List.of());
        }
        List<Value> values = new ArrayList<>();
        add(values);
        return rest(values, close, kind);
    }

    private Value rest(List<Value> values, char close, Items.Kind kind) throws NotKnown, Malformed {
        while (cursor.take(',')) {
            if (cursor.at(close)) {
                break;
            }
            add(values);
        }
        if (!cursor.take(close)) {
            throw new NotKnown("it is no plain literal");
        }
        return items(kind, values);
    }

    /** Adds one element, or with {@code *} the elements of one; says which. */
    private boolean add(List<Value> values) throws NotKnown, Malformed {
        boolean spread = cursor.take('*');
        Value value = element(values);
        if (!spread) {
            values.add(value);
            return false;
        }
        if (value instanceof Items items && values.size() + items.values().size() <= LARGEST) {
            values.addAll(items.values());
            return true;
        }
        throw new NotKnown("it spreads what is no list");
    }

    /** Literals side by side are one. */
    private Value strings() throws NotKnown, Malformed {
        StringBuilder text = new StringBuilder();
        boolean bytes = false;
        while (cursor.atString()) {
            StringLiteral literal = cursor.string();
            bytes |= literal.bytes();
            if (text.length() + literal.contentEnd() - literal.content() > 64 * LARGEST) {
                throw new NotKnown("it is too long");
            }
            text.append(
                    literal.formatted() ? formatted(literal) : plain(literal, literal.content(), literal.contentEnd()));
        }
        return bytes ? new Value.Other("bytes", !text.isEmpty()) : new Value.Text(text.toString());
    }

    private String plain(StringLiteral literal, int from, int to) throws Malformed {
        return literal.raw() ? source.substring(from, to) : Escapes.decode(source, from, to);
    }

    /** A formatted string is known as long as its fields are names of known texts. */
    private String formatted(StringLiteral literal) throws NotKnown, Malformed {
        StringBuilder text = new StringBuilder();
        int from = literal.content();
        int to = literal.contentEnd();
        int i = from;
        while (i < to) {
            char c = source.charAt(i);
            if (c != '{' && c != '}') {
                i += c == '\\' && i + 1 < to && source.charAt(i + 1) != '{' && source.charAt(i + 1) != '}' ? 2 : 1;
                continue;
            }
            text.append(plain(literal, from, i));
            boolean escaped = i + 1 < to && source.charAt(i + 1) == c;
            int close = escaped || c == '}' ? i + 1 : source.indexOf('}', i, to);
            text.append(escaped ? String.valueOf(c) : field(source.substring(i + 1, Math.max(i + 1, close)).strip()));
            i = close + 1;
            from = i;
            if (text.length() > LARGEST) {
                throw new NotKnown("it is too long");
            }
        }
        return text.append(plain(literal, Math.min(from, to), to)).toString();
    }

    private String field(String name) throws NotKnown {
        if (names.find(name) instanceof Binding.Known known && known.value() instanceof Value.Text text) {
            return text.text();
        }
        throw new NotKnown("'{" + name + "}' of the formatted string cannot be known");
    }

    /** Why an expression is not worth a value that could be known. */
    static class NotKnown extends Exception {
        private static final long serialVersionUID = 1L;

        NotKnown(@Nullable String reason) {
            super(reason, null, false, false);
        }

        final String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** The expression is nothing but an imported name, so it stays one until somebody asks for it. */
    private static final class Alias extends NotKnown {
        private static final long serialVersionUID = 1L;

        private final transient Binding.Imported imported;

        Alias(Binding.Imported imported) {
            super(null);
            this.imported = imported;
        }
    }
}
