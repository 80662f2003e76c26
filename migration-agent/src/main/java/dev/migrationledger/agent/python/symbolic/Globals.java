package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Reference;
import dev.migrationledger.agent.python.symbolic.Symbol.Text;
import dev.migrationledger.agent.python.symbolic.Symbol.Unknown;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.contracts.unread.ValueReason.UndefinedName;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of a module that are computed: {@code globals()["upgrade_" + engine]()} of Alembic's template for several databases. */
final class Globals {

    /** Functions whose name fits what is known of it. */
    private static final int MOST = 50;

    private Globals() {}

    /** Whether it is what {@code globals()} returns, or {@code locals()} and {@code vars()} outside of functions. */
    static boolean are(Symbol symbol, Frame frame) {
        return symbol instanceof Made made && made.callee() instanceof Reference(String dotted, _)
                && made.positional().isEmpty()
                && (dotted.equals("builtins.globals")
                        || (frame.isModule() && (dotted.equals("builtins.locals") || dotted.equals("builtins.vars"))));
    }

    /** What a name stands for; not to be known where the name or its value is not. */
    static Symbol at(Symbol name, Interpreter machine, SourceRange place) {
        if (name instanceof Text(String text, _)) {
            Binding bound = machine.frame().module.frame().scope.find(text);
            return bound == null ? machine.unknown(place, new UndefinedName(text)) : bound.symbol();
        }
        return machine.unknown(place, new UnknownValue(Value.COMPUTED_NAME));
    }

    /** The functions of a file whose name can be one that is known in part; absent where too many can. */
    static @Nullable List<Symbol.Local> functions(Symbol name, Frame frame) {
        String outline = name instanceof Unknown unknown ? unknown.outline() : null;
        if (outline == null) {
            return null;
        }
        Pattern pattern = Pattern.compile(
                Pattern.quote(outline).replace(String.valueOf(Unknown.HOLE), "\\E.*\\Q"), Pattern.DOTALL);
        List<Symbol.Local> functions = new ArrayList<>();
        frame.module.frame().scope.all().forEach((bound, value) -> {
            if (value.symbol() instanceof Symbol.Local local && pattern.matcher(bound).matches()) {
                functions.add(local);
            }
        });
        return functions.isEmpty() || functions.size() > MOST ? null : functions;
    }
}
