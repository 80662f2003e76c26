package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.contracts.unread.ValueReason.Conditional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names bound so far. What happens in a branch is kept apart from what holds around it until both are merged, and costs no
 * more than the branch itself binds.
 */
final class Scope {
    private final @Nullable Scope around;
    private final Map<String, Binding> own = new LinkedHashMap<>();

    Scope(@Nullable Scope around) {
        this.around = around;
    }

    void bind(String name, Binding bound) {
        own.put(name, bound);
    }

    @Nullable
    Binding find(String name) {
        Scope scope = this;
        while (scope != null) {
            Binding bound = scope.own.get(name);
            if (bound != null) {
                return bound;
            }
            scope = scope.around;
        }
        return null;
    }

    /** What this branch itself bound. */
    Map<String, Binding> own() {
        return own;
    }

    /** Every name that is visible, the innermost binding of each. */
    Map<String, Binding> all() {
        if (around == null) {
            return own;
        }
        Map<String, Binding> all = new LinkedHashMap<>(around.all());
        all.putAll(own);
        return all;
    }

    /** Everything that a branch bound holds from here on. */
    void take(Scope branch) {
        own.putAll(branch.own);
    }

    /** One of these branches ran; what they do not agree on is only known where the schema decides which one. */
    void merge(List<Branches.Outcome> branches, String condition, SourceRange place) {
        Map<String, Binding> merged = new LinkedHashMap<>();
        for (Branches.Outcome branch : branches) {
            for (String name : branch.scope().own.keySet()) {
                if (!merged.containsKey(name)) {
                    merged.put(name, agreed(name, branches, condition, place));
                }
            }
        }
        own.putAll(merged);
    }

    private static Binding agreed(String name, List<Branches.Outcome> branches, String condition, SourceRange place) {
        List<Answers.Choice> choices = new ArrayList<>();
        SourceRange at = place;
        for (Branches.Outcome branch : branches) {
            Binding bound = branch.scope().find(name);
            if (bound != null) {
                at = branch.scope().own.containsKey(name) ? bound.place() : at;
                choices.add(new Answers.Choice(branch.guard(), bound.symbol()));
            }
        }
        Symbol chosen = choices.size() == branches.size() ? Answers.chosen(choices) : null;
        if (chosen != null) {
            return new Binding(chosen, at);
        }
        Symbol.Unknown open = new Symbol.Unknown(name, new Conditional(condition), at);
        boolean plain = choices.size() == branches.size()
                && choices.stream().map(Answers.Choice::value).allMatch(Symbol.Unknown::isPlain);
        return new Binding(plain ? open.asPlain() : open, at);
    }
}
