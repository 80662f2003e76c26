package dev.migrationledger.agent.tool.alembic.python;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names bound so far. What happens in a branch is kept apart from what holds around it until both are merged, and
 * costs no more than the branch itself binds.
 */
final class Names {
    private final @Nullable Names around;
    private final Map<String, Binding> own = new LinkedHashMap<>();

    Names(@Nullable Names around) {
        this.around = around;
    }

    void bind(String name, Binding binding) {
        own.put(name, binding);
    }

    @Nullable
    Binding find(String name) {
        Names names = this;
        while (names != null) {
            Binding binding = names.own.get(name);
            if (binding != null) {
                return binding;
            }
            names = names.around;
        }
        return null;
    }

    /** What this branch itself bound. */
    Map<String, Binding> own() {
        return own;
    }

    /** Everything that a branch bound holds from here on. */
    void take(Names branch) {
        own.putAll(branch.own);
    }

    /** One of these branches ran, nobody knows which; what they do not agree on is not known. */
    void merge(Iterable<Names> branches, String condition, int line) {
        Map<String, Binding> merged = new LinkedHashMap<>();
        for (Names branch : branches) {
            for (String name : branch.own.keySet()) {
                if (!merged.containsKey(name)) {
                    merged.put(name, agreed(name, branches, condition, line));
                }
            }
        }
        own.putAll(merged);
    }

    private static Binding agreed(String name, Iterable<Names> branches, String condition, int line) {
        Binding first = null;
        int bound = line;
        for (Names branch : branches) {
            Binding binding = branch.find(name);
            if (binding != null && branch.own.containsKey(name)) {
                bound = binding.line();
            }
            boolean same = first == null || sameValue(first, binding);
            if (binding == null || !same) {
                return new Binding.Unknown(name, "it depends on '" + condition + "'", bound);
            }
            first = binding;
        }
        return first == null ? new Binding.Unknown(name, "it depends on '" + condition + "'", line) : first;
    }

    private static boolean sameValue(Binding left, @Nullable Binding right) {
        return left instanceof Binding.Known known
                && right instanceof Binding.Known other
                && known.value().equals(other.value());
    }
}
