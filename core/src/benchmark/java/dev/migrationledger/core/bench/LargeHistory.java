package dev.migrationledger.core.bench;

import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A history such as large projects have: one main line; after every ninth revision a side branch of three that is merged back;
 * now and then a dependency on something old. Files come in the order of their random ids.
 */
final class LargeHistory {

    /** In the order of the files. */
    final List<Revision> revisions;

    /** Parents before children, for a library that needs it so. */
    final List<Revision> ordered;

    /** Two databases near the end that have parted. */
    final String left;

    final String right;

    LargeHistory(int size) {
        Random random = new Random(size);
        List<Revision> made = new ArrayList<>(size);
        List<String> ids = new ArrayList<>(size);
        while (made.size() < size) {
            int i = made.size();
            int place = i % 13;
            List<String> parents = switch (i) {
                case 0 -> List.of();
                // 9 on the main line, 3 on a branch from its last but one, 1 that merges both.
                default -> place == 9
                        ? List.of(ids.get(i - 2))
                        : place == 12 ? List.of(ids.get(i - 4), ids.get(i - 1)) : List.of(ids.get(i - 1));
            };
            List<String> dependsOn = i > 100 && random.nextInt(50) == 0
                    ? List.of(ids.get(random.nextInt(i - 50)))
                    : List.of();
            String id = "%012x".formatted(random.nextLong() & 0xffffffffffffL);
            ids.add(id);
            made.add(new Revision(id, parents, dependsOn, List.of(), "change " + i, id + "_change.py", "0".repeat(64)));
        }
        ordered = List.copyOf(made);
        int block = (size / 13 - 2) * 13;
        left = ids.get(block + 8);
        right = ids.get(block + 11);
        made.sort((one, other) -> one.revision().compareTo(other.revision()));
        revisions = Collections.unmodifiableList(made);
    }
}
