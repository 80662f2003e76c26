package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** On which condition a case of {@code match} is taken, where its pattern is a constant, several or {@code _}. */
final class Patterns {

    private static final Pattern TEXT = Pattern.compile("'([^'\\\\\\n]*)'|\"([^\"\\\\\\n]*)\"");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private Patterns() {}

    /** @param value what an expression stands for */
    static Guard guard(
            Statement.Case one,
            Symbol subject,
            SchemaQuestions questions,
            RuntimeAssumptions assumptions,
            Function<Expression, Symbol> value) {
        Guard pattern = guard(one.pattern(), subject, assumptions);
        if (pattern == Guard.Open.PERHAPS && questions.isOfSchema(subject)) {
            pattern = Guard.Open.ASKED;
        }
        return one.guard() == null ? pattern : pattern.and(questions.guard(value.apply(one.guard())));
    }

    private static Guard guard(String pattern, Symbol subject, RuntimeAssumptions assumptions) {
        if (pattern.equals("_")) {
            return Guard.All.ALWAYS;
        }
        List<Guard> any = new ArrayList<>();
        for (String part : pattern.split("\\|", -1)) {
            Symbol constant = constant(part.strip());
            any.add(constant == null ? Guard.Open.PERHAPS : equal(subject, constant, assumptions));
        }
        return Guard.any(any);
    }

    private static Guard equal(Symbol subject, Symbol constant, RuntimeAssumptions assumptions) {
        Symbol answer = Answers.compare("==", subject, constant, assumptions);
        Boolean same = answer == null ? SymbolOperators.compare("==", subject, constant) : null;
        return answer != null
                ? Answers.guard(answer)
                : same == null ? Guard.Open.PERHAPS : same ? Guard.All.ALWAYS : Guard.Any.NEVER;
    }

    private static @Nullable Symbol constant(String source) {
        return switch (source) {
            case "True", "False" -> new Symbol.Truth(source.equals("True"));
            case "None" -> Symbol.None.NONE;
            default -> {
                var text = TEXT.matcher(source);
                yield text.matches()
                        ? new Symbol.Text(text.group(1) == null ? text.group(2) : text.group(1))
                        : NUMBER.matcher(source).matches() ? Numerals.of(Long.parseLong(source)) : null;
            }
        };
    }
}
