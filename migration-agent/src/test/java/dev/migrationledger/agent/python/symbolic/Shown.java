package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.core.scripts.ReasonText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Symbols as Python would write them. */
final class Shown {

    private Shown() {}

    static String of(Symbol symbol) {
        return switch (symbol) {
            case Symbol.None none -> "None";
            case Symbol.Text text -> "'" + text.text() + "'";
            case Symbol.Truth truth -> truth.truth() ? "True" : "False";
            case Symbol.Numeral numeral -> numeral.source();
            case Symbol.Items items -> {
                String inner = items.values().stream().map(Shown::of).collect(Collectors.joining(", "));
                yield switch (items.kind()) {
                    case TUPLE -> "(" + inner + (items.values().size() == 1 ? ",)" : ")");
                    case LIST -> "[" + inner + "]";
                    case SET -> "{" + inner + "}";
                };
            }
            case Symbol.Dict dict -> dict.entries().stream()
                    .map(entry -> of(entry.key()) + ": " + of(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case Symbol.Reference reference -> reference.dotted();
            case Symbol.Member member -> of(member.of()) + "." + member.name();
            case Symbol.Made made -> {
                List<String> arguments = new ArrayList<>(made.positional().stream().map(Shown::of).toList());
                made.named().forEach((name, value) -> arguments.add(name + "=" + of(value)));
                if (!made.complete()) {
                    arguments.add("...");
                }
                yield of(made.callee()) + "(" + String.join(", ", arguments) + ")";
            }
            case Symbol.Answered(Answer answer) -> "<" + answer + ">";
            case Symbol.ProjectPath path -> "<path " + path.path() + ">";
            case Symbol.Local local -> "<function " + local.function().name() + ">";
            case Symbol.Type type -> "<class " + type.definition().name() + ">";
            case Symbol.Unknown unknown -> "<" + unknown.expression() + ": " + ReasonText.of(unknown.reason()) + ">";
        };
    }
}
