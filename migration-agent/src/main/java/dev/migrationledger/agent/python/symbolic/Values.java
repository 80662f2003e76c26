package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.Builtin;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import dev.migrationledger.contracts.unread.ValueReason.UnknownReference;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells symbols that are values through and through from those that only running the file would make one. */
final class Values {
    private final EvaluatedModule module;

    Values(EvaluatedModule module) {
        this.module = module;
    }

    /** The value of a name, or why it cannot be known. */
    Binding of(String name, Binding bound) {
        Symbol symbol = bound.symbol();
        if (symbol instanceof Symbol.Unknown unknown && unknown.expression().equals(name)) {
            return new Binding(unknown, bound.place());
        }
        Symbol value = value(symbol);
        return new Binding(
                value instanceof Symbol.Unknown unknown
                        ? new Symbol.Unknown(bound.place().excerpt(), unknown.reason(), bound.place())
                        : value,
                bound.place());
    }

    private Symbol value(Symbol symbol) {
        return switch (symbol) {
            case Symbol.None none -> none;
            case Symbol.Text text -> text;
            case Symbol.Truth truth -> truth;
            case Symbol.Numeral numeral -> numeral;
            case Symbol.Items items -> items(items);
            case Symbol.Dict dict -> dict;
            case Symbol.Reference reference -> reference(reference);
            case Symbol.Answered answered -> unknown(new UnknownValue(Value.SCHEMA_DEPENDENT));
            case Symbol.ProjectPath path -> unknown(new UnknownValue(Value.PATH));
            case Symbol.Local local -> unknown(new UnknownValue(Value.FUNCTION));
            case Symbol.Type type -> unknown(new UnknownValue(Value.CLASS));
            case Symbol.Made made when isBytes(made) -> made;
            case Symbol.Made made -> made(made.callee());
            case Symbol.Member member -> made(member.of());
            case Symbol.Unknown unknown -> unknown;
        };
    }

    static boolean isBytes(Symbol.Made made) {
        return made.callee() instanceof Symbol.Reference(String dotted, _) && dotted.equals("builtins.bytes");
    }

    private static Symbol unknown(UnreadReason reason) {
        return new Symbol.Unknown("", reason, Imports.NOWHERE);
    }

    /** What is known of it, if anything is. */
    private Symbol items(Symbol.Items items) {
        List<Symbol> values = new ArrayList<>();
        Symbol unknown = null;
        for (Symbol element : items.values()) {
            Symbol value = value(element);
            unknown = unknown == null && value instanceof Symbol.Unknown ? value : unknown;
            values.add(value);
        }
        boolean nothing = values.stream().noneMatch(Symbol.Text.class::isInstance);
        return unknown != null && nothing ? unknown : new Symbol.Items(items.kind(), values);
    }

    private Symbol reference(Symbol.Reference reference) {
        if (reference.dotted().startsWith("builtins.")) {
            return unknown(new Builtin(reference.dotted().substring("builtins.".length())));
        }
        Symbol resolved = Imports.resolved(reference);
        return resolved instanceof Symbol.Unknown unknown
                ? unknown(new UnknownReference(written(reference.dotted()), unknown.reason()))
                : value(resolved);
    }

    /** Whatever is made of something is as unknown as that is. */
    private Symbol made(Symbol of) {
        return switch (of) {
            case Symbol.Made made -> made(made.callee());
            case Symbol.Member member -> made(member.of());
            case Symbol.Reference(String dotted, _) when dotted.startsWith("builtins.") -> unknown(
                    new Called(dotted.substring("builtins.".length())));
            case Symbol.Reference reference -> {
                Symbol value = reference(reference);
                yield value instanceof Symbol.Unknown
                        ? value
                        : unknown(new Called(written(reference.dotted())));
            }
            case Symbol.Type type -> unknown(new UnknownValue(Value.INSTANCE));
            default -> unknown(new UnknownValue(Value.COMPUTED));
        };
    }

    /** A full name as the file writes it. */
    private String written(String dotted) {
        String best = dotted;
        int longest = 0;
        for (Map.Entry<String, Binding> entry : module.names().entrySet()) {
            if (entry.getValue().symbol() instanceof Symbol.Reference(String known, _) && known.length() > longest
                    && (dotted.equals(known) || dotted.startsWith(known + "."))) {
                longest = known.length();
                best = entry.getKey() + dotted.substring(known.length());
            }
        }
        return best;
    }
}
