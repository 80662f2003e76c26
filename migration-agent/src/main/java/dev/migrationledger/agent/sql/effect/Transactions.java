package dev.migrationledger.agent.sql.effect;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Write;
import java.util.ArrayList;
import java.util.List;

/** What a function that commits does in the same transaction. */
final class Transactions {

    private Transactions() {}

    /**
     * Marks the rows that are written in a transaction which changes no schema, where another one does.
     *
     * @param before how many effects there were at the end of each transaction but the last, ascending
     */
    static List<Effect> apart(List<Effect> effects, List<Integer> before) {
        if (!changesSchema(effects)) {
            return effects;
        }
        List<Effect> marked = new ArrayList<>();
        List<Integer> ends = new ArrayList<>(before);
        ends.add(effects.size());
        for (int end : ends) {
            List<Effect> transaction = effects.subList(marked.size(), end);
            boolean bound = changesSchema(transaction);
            transaction.stream().map(one -> bound ? one : apart(one)).forEach(marked::add);
        }
        return marked;
    }

    private static boolean changesSchema(List<Effect> effects) {
        return effects.stream().anyMatch(effect -> effect instanceof Change && !(effect instanceof Write));
    }

    private static Effect apart(Effect effect) {
        return effect instanceof Write write
                ? new Write(write.object(), true, write.condition(), write.location())
                : effect;
    }
}
