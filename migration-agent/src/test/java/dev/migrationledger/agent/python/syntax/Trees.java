package dev.migrationledger.agent.python.syntax;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows syntax trees as {@code trees.py} does. */
public final class Trees {
    private int formatted;

    private Trees() {}

    /** One text for each statement. */
    public static List<String> of(Source source) throws SyntaxProblem {
        Trees trees = new Trees();
        return source.reading().rest().stream().map(trees::statement).toList();
    }

    private String statement(Statement statement) {
        String inner = switch (statement) {
            case Statement.Evaluate it -> "Expr " + one(it.expression());
            case Statement.Assign it -> "Assign " + all(it.targets()) + " " + one(it.value());
            case Statement.Augment it ->
                "AugAssign " + one(it.target()) + " " + it.operator() + " " + one(it.value());
            case Statement.Annotate it ->
                "AnnAssign " + one(it.target()) + " " + one(it.annotation()) + " " + one(it.value());
            case Statement.Return it -> "Return " + one(it.value());
            case Statement.Delete it -> "Delete " + all(it.targets());
            case Statement.Raise it -> "Raise " + one(it.exception()) + " " + one(it.cause());
            case Statement.Assert it -> "Assert " + one(it.test()) + " " + one(it.message());
            case Statement.Plain it -> (it.word().equals("type")
                    ? "TypeAlias"
                    : it.word().substring(0, 1).toUpperCase(Locale.ROOT) + it.word().substring(1)) + " "
                    + it.names().stream().map(Trees::text).collect(Collectors.joining(" "));
            case Statement.Import it -> "Import " + names(it.names());
            case Statement.ImportFrom it ->
                "ImportFrom " + it.level() + " " + text(it.module()) + " " + names(it.names());
            case Statement.If it -> "If " + one(it.test()) + " " + block(it.body()) + " " + block(it.orElse());
            case Statement.While it -> "While " + one(it.test()) + " " + block(it.body()) + " " + block(it.orElse());
            case Statement.For it -> "For " + one(it.target()) + " " + one(it.values()) + " " + block(it.body()) + " "
                    + block(it.orElse());
            case Statement.With it -> "With " + it.items().stream()
                    .map(item -> one(item.context()) + " as " + one(item.target()))
                    .collect(Collectors.joining(" ")) + " " + block(it.body());
            case Statement.Try it -> "Try " + block(it.body()) + " " + it.handlers().stream()
                    .map(h -> (h.ofGroup() ? "*" : "") + one(h.type()) + " as "
                            + text(h.name() == null ? "-" : h.name()) + " " + block(h.body()))
                    .collect(Collectors.joining(" ")) + " " + block(it.orElse()) + " " + block(it.atLast());
            case Statement.Function it -> "FunctionDef " + text(it.name()) + " " + parameters(it.parameters()) + " "
                    + one(it.returns()) + " " + all(it.decorators()) + " " + body(it.body());
            case Statement.ClassDefinition it -> "ClassDef " + text(it.name()) + " " + arguments(it.bases()) + " "
                    + all(it.decorators()) + " " + body(it.body());
            case Statement.Match it -> "Match " + one(it.subject()) + " " + it.cases().stream()
                    .map(c -> one(c.guard()) + " " + block(c.body())).collect(Collectors.joining(" "));
        };
        int space = inner.indexOf(' ');
        return "(" + inner.substring(0, space) + "@" + statement.place().start() + "/" + statement.place().line()
                + inner.substring(space) + ")";
    }

    private String block(List<Statement> statements) {
        return statements.stream().map(this::statement).collect(Collectors.joining(" ", "[", "]"));
    }

    private String body(Body body) {
        try {
            return block(body.statements());
        } catch (SyntaxProblem e) {
            throw new IllegalStateException("line " + e.line() + ": " + e.error(), e);
        }
    }

    private static String names(List<Statement.Alias> names) {
        return names.stream()
                .map(name -> text(name.name()) + " as " + text(name.as() == null ? "-" : name.as()))
                .collect(Collectors.joining(" "));
    }

    private String all(List<Expression> expressions) {
        return expressions.stream().map(this::one).collect(Collectors.joining(" ", "[", "]"));
    }

    private String one(@Nullable Expression expression) {
        if (expression == null) {
            return "-";
        }
        String inner = shown(expression);
        SourceRange place = expression.place();
        return "(" + inner + (formatted > 0 ? "" : "@" + place.start() + "-" + place.end() + "/" + place.line()) + ")";
    }

    private String shown(Expression expression) {
        return switch (expression) {
            case Expression.Elided it -> "Elided";
            case Expression.Name it -> "Name " + text(it.name());
            case Expression.Text it -> "Text " + text(it.text());
            case Expression.Bytes it -> "Bytes " + text(it.text());
            case Expression.Numeral it -> "Numeral " + number(it.source().replace("_", "").toLowerCase(Locale.ROOT));
            case Expression.Constant it -> "Constant " + it.word();
            case Expression.Formatted it -> "Formatted " + parts(it.parts());
            case Expression.Template it -> "Template " + parts(it.parts());
            case Expression.Field it -> "Field " + one(it.value()) + " "
                    + (it.conversion() == null ? "-" : it.conversion()) + " " + one(it.specification());
            case Expression.Sequence it -> it.kind() + " " + all(it.elements());
            case Expression.Dict it -> "Dict " + it.entries().stream()
                    .map(entry -> one(entry.key()) + ":" + one(entry.value())).collect(Collectors.joining(" "));
            case Expression.Attribute it -> "Attribute " + one(it.value()) + " " + text(it.name());
            case Expression.Subscript it -> "Subscript " + one(it.value()) + " " + one(it.index());
            case Expression.Slice it -> "Slice " + one(it.lower()) + " " + one(it.upper()) + " " + one(it.step());
            case Expression.Call it -> "Call " + one(it.function()) + " " + arguments(it.arguments());
            case Expression.Starred it -> "Starred " + one(it.value());
            case Expression.DoubleStarred it -> "DoubleStarred " + one(it.value());
            case Expression.Unary it -> "Unary " + it.operator() + " " + one(it.operand());
            case Expression.Binary it -> "Binary " + it.operator() + " " + one(it.left()) + " " + one(it.right());
            case Expression.Logical it -> "Logical " + it.operator() + " " + all(it.operands());
            case Expression.Comparison it ->
                "Comparison " + all(it.operands()) + " " + String.join(",", it.operators());
            case Expression.Conditional it ->
                "Conditional " + one(it.test()) + " " + one(it.yes()) + " " + one(it.no());
            case Expression.Lambda it -> "Lambda " + parameters(it.parameters()) + " " + one(it.body());
            case Expression.Comprehension it -> it.kind() + " " + one(it.element())
                    + (it.value() == null ? "" : ":" + one(it.value())) + " " + it.clauses().stream()
                            .map(c -> (c.async() ? "async " : "") + one(c.target()) + " in " + one(c.values()) + " "
                                    + all(c.conditions()))
                            .collect(Collectors.joining(" "));
            case Expression.Walrus it -> "Walrus " + one(it.target()) + " " + one(it.value());
            case Expression.Await it -> "Await " + one(it.value());
            case Expression.Yield it -> (it.from() ? "YieldFrom " : "Yield ") + one(it.value());
        };
    }

    private String parts(List<Expression> parts) {
        formatted++;
        String shown = all(parts);
        formatted--;
        return shown;
    }

    private String arguments(List<Expression.Argument> arguments) {
        List<Expression> positional = arguments.stream()
                .filter(it -> it.name() == null && !(it.value() instanceof Expression.DoubleStarred))
                .map(Expression.Argument::value)
                .toList();
        StringBuilder shown = new StringBuilder(all(positional));
        for (Expression.Argument argument : arguments) {
            if (argument.value() instanceof Expression.DoubleStarred starred) {
                shown.append(' ').append(text("**")).append('=').append(one(starred.value()));
            } else if (argument.name() != null) {
                shown.append(' ').append(text(argument.name())).append('=').append(one(argument.value()));
            }
        }
        return shown.toString();
    }

    private String parameters(Parameters parameters) {
        return parameters.all().stream()
                .map(it -> it.kind() + " " + text(it.name()) + " " + one(it.annotation()) + " "
                        + one(it.defaultValue()))
                .collect(Collectors.joining(" ", "<", ">"));
    }

    private static String number(String source) {
        if (source.startsWith("0x")) {
            return new BigInteger(source.substring(2), 16).toString();
        }
        if (source.startsWith("0o")) {
            return new BigInteger(source.substring(2), 8).toString();
        }
        if (source.startsWith("0b")) {
            return new BigInteger(source.substring(2), 2).toString();
        }
        if (source.endsWith("j")) {
            return real(source.substring(0, source.length() - 1)) + "j";
        }
        return source.contains(".") || source.contains("e") ? real(source) : new BigInteger(source).toString();
    }

    private static String real(String source) {
        return String.format("%016x", Double.doubleToLongBits(Double.parseDouble(source)));
    }

    /** As JSON in ASCII. */
    static String text(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        json.append(c);
                    } else {
                        json.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
