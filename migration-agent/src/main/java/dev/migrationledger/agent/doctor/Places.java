package dev.migrationledger.agent.doctor;

import dev.migrationledger.contracts.physical.PhysicalState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a schema is, seen from what is stamped.
 *
 * @param match whether it matches these sets of revisions, rather than being near to them
 * @param confirmed whether what is stamped is one of them; it is the first then
 * @param sets that it cannot be told from, or is nearest to
 */
record Places(boolean match, boolean confirmed, List<List<String>> sets) {

    Places {
        sets = List.copyOf(sets);
    }

    static Places of(PhysicalState physical, @Nullable List<String> stamped) {
        boolean match = !physical.candidates().isEmpty();
        List<List<String>> sets = new ArrayList<>(match ? physical.candidates() : physical.nearest());
        List<String> rows = stamped == null ? null : stamped.stream().distinct().sorted().toList();
        boolean confirmed = rows != null && sets.remove(rows);
        if (confirmed) {
            sets.addFirst(rows);
        }
        return new Places(match, confirmed, sets);
    }
}
