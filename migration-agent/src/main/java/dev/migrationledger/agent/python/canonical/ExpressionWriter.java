package dev.migrationledger.agent.python.canonical;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Parameters;
import dev.migrationledger.agent.python.syntax.Parameters.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes expressions. */
final class ExpressionWriter {

    /** Looking one of these up does nothing and cannot fail. */
    private static final Set<String> BUILT_IN_TYPES = Set.of("bool", "bytes", "complex", "dict", "float", "frozenset",
            "int", "list", "object", "set", "str", "tuple", "type");

    /** Texts that name what a module may look at, as in {@code getattr(f, '__doc__')}, are at most so long. */
    private static final int LONGEST_NAME = 40;

    private final CodeWriter writer;

    ExpressionWriter(CodeWriter writer) {
        this.writer = writer;
    }

    void all(List<? extends Expression> expressions) {
        writer.openList();
        expressions.forEach(this::one);
        writer.closeList();
    }

    void one(@Nullable Expression expression) {
        if (expression == null) {
            writer.absent();
            return;
        }
        switch (expression) {
            case Expression.Elided it -> writer.source(it.place());
            case Expression.Name it -> writer.open("name").name(it.name()).close();
            case Expression.Text it -> text(it.text());
            case Expression.Bytes it -> writer.open("bytes").quoted(it.text()).close();
            case Expression.Numeral it -> writer.open(NumeralValue.of(it.source())).close();
            case Expression.Constant it -> writer.open(lower(it.word())).close();
            case Expression.Formatted it -> formatted(it);
            case Expression.Template it -> node("template", it.parts());
            case Expression.Field it -> {
                writer.open("field");
                one(it.value());
                writer.word(it.conversion() == null ? "-" : it.conversion().toString());
                one(it.specification());
                writer.close();
            }
            case Expression.Sequence it -> node(lower(it.kind()), it.elements());
            case Expression.Dict it -> {
                writer.open("dict");
                it.entries().forEach(entry -> node("entry", entry.key(), entry.value()));
                writer.close();
            }
            case Expression.Attribute it -> {
                writer.open("attribute");
                one(it.value());
                writer.name(it.name()).close();
            }
            case Expression.Subscript it -> node("subscript", it.value(), it.index());
            case Expression.Slice it -> node("slice", it.lower(), it.upper(), it.step());
            case Expression.Call it -> {
                writer.open("call");
                one(it.function());
                arguments(it.arguments());
                writer.close();
            }
            case Expression.Starred it -> node("starred", it.value());
            case Expression.DoubleStarred it -> node("double-starred", it.value());
            case Expression.Unary it -> {
                writer.open("unary").word(it.operator());
                one(it.operand());
                writer.close();
            }
            case Expression.Binary it -> {
                writer.open("binary").word(it.operator());
                one(it.left());
                one(it.right());
                writer.close();
            }
            case Expression.Logical it -> node(it.operator(), it.operands());
            case Expression.Comparison it -> {
                writer.open("comparison").openList();
                it.operators().forEach(writer::quoted);
                writer.closeList();
                all(it.operands());
                writer.close();
            }
            case Expression.Conditional it -> node("conditional", it.test(), it.yes(), it.no());
            case Expression.Lambda it -> {
                writer.open("lambda");
                parameters(it.parameters(), true);
                one(it.body());
                writer.close();
            }
            case Expression.Comprehension it -> {
                writer.open("comprehension").word(lower(it.kind()));
                one(it.element());
                one(it.value());
                it.clauses().forEach(clause -> {
                    writer.open(clause.async() ? "async-for" : "for");
                    one(clause.target());
                    one(clause.values());
                    all(clause.conditions());
                    writer.close();
                });
                writer.close();
            }
            case Expression.Walrus it -> node("walrus", it.target(), it.value());
            case Expression.Await it -> node("await", it.value());
            case Expression.Yield it -> node(it.from() ? "yield-from" : "yield", it.value());
        }
    }

    private void node(String kind, @Nullable Expression... children) {
        writer.open(kind);
        for (Expression child : children) {
            one(child);
        }
        writer.close();
    }

    private void node(String kind, List<Expression> children) {
        writer.open(kind);
        all(children);
        writer.close();
    }

    private void text(String text) {
        writer.open("text");
        if (text.length() <= LONGEST_NAME && text.startsWith("__")) {
            writer.name(text);
        } else {
            writer.quoted(text);
        }
        writer.close();
    }

    /** One without fields is a text like any other. */
    private void formatted(Expression.Formatted formatted) {
        if (formatted.parts().stream().allMatch(Expression.Text.class::isInstance)) {
            StringBuilder text = new StringBuilder();
            formatted.parts().forEach(part -> text.append(((Expression.Text) part).text()));
            text(text.toString());
        } else {
            node("formatted", formatted.parts());
        }
    }

    void arguments(List<Expression.Argument> arguments) {
        writer.openList();
        arguments.forEach(it -> {
            if (it.name() == null) {
                one(it.value());
            } else {
                writer.open("named").quoted(it.name());
                one(it.value());
                writer.close();
            }
        });
        writer.closeList();
    }

    /** @param inFull with annotations that do nothing */
    void parameters(Parameters parameters, boolean inFull) {
        writer.openList();
        for (Parameter it : parameters.all()) {
            writer.open(lower(it.kind())).quoted(it.name());
            annotation(it.annotation(), inFull);
            one(it.defaultValue());
            writer.close();
        }
        writer.closeList();
    }

    /** @param inFull also if it does nothing */
    void annotation(@Nullable Expression annotation, boolean inFull) {
        one(annotation == null || inFull || mayDoSomething(annotation) ? annotation : null);
    }

    /** Python evaluates annotations outside of functions. */
    static boolean mayDoSomething(Expression annotation) {
        return !isConstant(annotation)
                && !(annotation instanceof Expression.Name name && BUILT_IN_TYPES.contains(name.name()));
    }

    /** Whether evaluating it does nothing, whatever its names stand for. */
    static boolean isConstant(Expression expression) {
        Expression left = expression;
        // A sum of texts may be as long as a file.
        while (left instanceof Expression.Binary sum && sum.operator().equals("+") && isText(sum.right())) {
            left = sum.left();
            if (isText(left)) {
                return true;
            }
        }
        return isText(expression) || expression instanceof Expression.Bytes
                || expression instanceof Expression.Numeral || expression instanceof Expression.Constant;
    }

    private static boolean isText(Expression expression) {
        return expression instanceof Expression.Text || (expression instanceof Expression.Formatted formatted
                && formatted.parts().stream().allMatch(Expression.Text.class::isInstance));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
