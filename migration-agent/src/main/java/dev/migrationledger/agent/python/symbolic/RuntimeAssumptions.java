package dev.migrationledger.agent.python.symbolic;

import org.jspecify.annotations.Nullable;

/**
 * What is known of every run that an agent watches, because the agent watches PostgreSQL and watches it live: the one place
 * that says so.
 */
final class RuntimeAssumptions {
    private static final Symbol DIALECT = new Symbol.Text("postgresql");

    private RuntimeAssumptions() {}

    /** An attribute that is known: {@code bind.dialect.name}, {@code bind.engine.name}, {@code op.get_context().as_sql}. */
    static @Nullable Symbol attribute(Symbol of, String name) {
        return switch (name) {
            case "name" -> isNamed(of, "dialect") || isNamed(of, "engine") ? DIALECT : ownName(of);
            case "as_sql" -> new Symbol.Truth(false);
            default -> null;
        };
    }

    /** {@code sa.Column("c", …).name}. */
    private static @Nullable Symbol ownName(Symbol of) {
        if (!(of instanceof Symbol.Made made)) {
            return null;
        }
        if (!isNamed(made.callee(), "Column") && !isNamed(made.callee(), "Table")) {
            return null;
        }
        Symbol name = made.positional().isEmpty() ? made.named().get("name") : made.positional().getFirst();
        return name instanceof Symbol.Text ? name : null;
    }

    /** What a call is known to return: {@code context.is_offline_mode()}. */
    static @Nullable Symbol call(Symbol callee) {
        return isNamed(callee, "is_offline_mode") ? new Symbol.Truth(false) : null;
    }

    private static boolean isNamed(Symbol symbol, String name) {
        return (symbol instanceof Symbol.Member member && member.name().equals(name))
                || (symbol instanceof Symbol.Reference reference && reference.dotted().endsWith("." + name));
    }
}
