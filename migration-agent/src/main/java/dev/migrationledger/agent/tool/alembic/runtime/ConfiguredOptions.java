package dev.migrationledger.agent.tool.alembic.runtime;

import dev.migrationledger.agent.python.symbolic.Arguments;
import dev.migrationledger.agent.python.symbolic.ImportedNames;
import dev.migrationledger.agent.python.symbolic.ImportedNames.Option;
import dev.migrationledger.agent.python.symbolic.Symbol;
import org.jspecify.annotations.Nullable;

/** Options of the configuration that a script asks for: {@code op.get_context().config.get_main_option("name")}. */
final class ConfiguredOptions {

    private ConfiguredOptions() {}

    /** The value of an option; absent where none is asked for, or it is not to be known. */
    static @Nullable Symbol call(Symbol callee, Arguments arguments, ImportedNames imports) {
        Symbol name = arguments.at(0) == null ? arguments.named().get("name") : arguments.at(0);
        if (!isAsking(callee) || !arguments.complete() || !(name instanceof Symbol.Text(String option, _))) {
            return null;
        }
        Symbol given = arguments.at(1) == null ? arguments.named().get("default") : arguments.at(1);
        return switch (imports.option(option)) {
            case Option.Known(String value) when value != null -> new Symbol.Text(value);
            case Option.Known _ -> given == null ? Symbol.None.NONE : given;
            case Option.Unclear _ -> null;
        };
    }

    private static boolean isAsking(Symbol callee) {
        return switch (callee) {
            case Symbol.Reference reference -> reference.dotted().equals("alembic.context.config.get_main_option");
            case Symbol.Member(Symbol of, String name) -> name.equals("get_main_option")
                    && of instanceof Symbol.Member config && config.name().equals("config")
                    && isContext(config.of());
            default -> false;
        };
    }

    private static boolean isContext(Symbol symbol) {
        return symbol instanceof Symbol.Made made && made.callee() instanceof Symbol.Reference reference
                && (reference.dotted().equals("alembic.op.get_context")
                        || reference.dotted().equals("alembic.context.get_context"));
    }
}
