package dev.migrationledger.agent.python.symbolic;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call passes.
 *
 * @param complete false: something was unpacked that cannot be known
 */
public record Arguments(List<Symbol> positional, Map<String, Symbol> named, boolean complete) {

    static final Arguments NONE = new Arguments(List.of(), Map.of(), true);

    static Arguments of(Symbol one) {
        return new Arguments(List.of(one), Map.of(), true);
    }

    int size() {
        return positional.size() + named.size();
    }

    /** The argument at a position, from 0; absent where there is none. */
    public @Nullable Symbol at(int position) {
        return position < positional.size() ? positional.get(position) : null;
    }

    /** The argument at a position if it is a text. */
    @Nullable
    String text(int position) {
        return at(position) instanceof Symbol.Text(String text, _) ? text : null;
    }
}
