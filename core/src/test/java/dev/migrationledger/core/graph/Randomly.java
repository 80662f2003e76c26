package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Histories made up from a seed: the same seed makes the same history everywhere. */
final class Randomly {

    private Randomly() {}

    /** Branches, merges, several bases, dependencies by id and by label; nothing wrong; files in any order. */
    static List<Revision> sound(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(16);
        double merging = random.nextDouble() * 0.5;
        double depending = random.nextBoolean() ? 0 : random.nextDouble() * 0.4;
        List<Revision> revisions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<String> parents = new ArrayList<>();
            // Mostly onto the youngest, as people do.
            if (i > 0 && random.nextInt(8) > 0) {
                parents.add("r" + (random.nextInt(3) > 0 ? i - 1 : random.nextInt(i)));
                while (random.nextDouble() < merging) {
                    parents.add("r" + random.nextInt(i));
                }
            }
            List<String> dependsOn = new ArrayList<>();
            while (!names.isEmpty() && random.nextDouble() < depending) {
                dependsOn.add(names.get(random.nextInt(names.size())));
            }
            List<String> labels = random.nextInt(6) == 0 ? List.of("label" + i) : List.of();
            names.add("r" + i);
            names.addAll(labels);
            revisions.add(revision("r" + i, distinct(parents), distinct(dependsOn), labels, i));
        }
        Collections.shuffle(revisions, random);
        return renamed(revisions);
    }

    /** Anything may point to anything, to itself and to nothing; ids may come twice. */
    static List<Revision> broken(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(10);
        List<Revision> revisions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<String> parents = IntStream.range(0, random.nextInt(3)).mapToObj(p -> "r" + random.nextInt(size + 1))
                    .toList();
            List<String> dependsOn = random.nextInt(4) > 0
                    ? List.of()
                    : List.of((random.nextBoolean() ? "r" : "label") + random.nextInt(size + 1));
            List<String> labels = random.nextInt(5) == 0 ? List.of("label" + random.nextInt(size)) : List.of();
            String id = "r" + (random.nextInt(12) == 0 ? random.nextInt(size) : i);
            revisions.add(revision(id, distinct(parents), dependsOn, labels, i));
        }
        return renamed(revisions);
    }

    /** Some ids of a history, some of them unknown. */
    static List<String> some(List<Revision> revisions, Random random) {
        List<String> some = new ArrayList<>();
        do {
            some.add(random.nextInt(9) == 0 ? "unknown" : revisions.get(random.nextInt(revisions.size())).revision());
        } while (random.nextInt(3) > 0);
        return some;
    }

    private static List<String> distinct(List<String> ids) {
        return ids.stream().distinct().toList();
    }

    private static Revision revision(String id, List<String> parents, List<String> dependsOn, List<String> labels,
            int i) {
        return new Revision(id, parents, dependsOn, labels, null, "of" + i + ".py", "0".repeat(64));
    }

    /** File names in the order of the list, which is the order in which a folder is read. */
    private static List<Revision> renamed(List<Revision> revisions) {
        return IntStream.range(0, revisions.size()).mapToObj(i -> {
            Revision r = revisions.get(i);
            return new Revision(
                    r.revision(), r.parents(), r.dependsOn(), r.labels(), r.message(), "f%03d.py".formatted(i),
                    r.digest());
        }).toList();
    }
}
