package dev.migrationledger.core.drawing;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Histories by seed: nearly a line, bushy, with merges, dependencies and several bases. */
final class RandomHistories {

    private RandomHistories() {}

    static List<Revision> of(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(60);
        int bushy = 1 + random.nextInt(8);
        List<Revision> revisions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Set<String> parents = new LinkedHashSet<>();
            Set<String> needs = new LinkedHashSet<>();
            if (i > 0 && random.nextInt(20) > 0) {
                parents.add(recent(random, i, bushy));
                if (random.nextInt(5) == 0) {
                    parents.add(recent(random, i, bushy));
                }
                if (random.nextInt(15) == 0) {
                    parents.add("r" + random.nextInt(i));
                }
            }
            if (i > 0 && random.nextInt(12) == 0) {
                needs.add("r" + random.nextInt(i));
            }
            needs.removeAll(parents);
            revisions.add(DrawnHistory.revision("r" + i, List.copyOf(parents), List.copyOf(needs), List.of()));
        }
        return revisions;
    }

    private static String recent(Random random, int next, int bushy) {
        return "r" + Math.max(0, next - 1 - random.nextInt(bushy));
    }
}
