package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What somebody probably meant: ids and labels that differ in a letter or two, and ids whose file was named instead. */
final class NearMisses {

    /** Three are read, thirty are not. */
    private static final int MOST = 3;

    /** Ids are held in 32 characters; nothing longer is a slip of the fingers. */
    private static final int LONGEST = 64;

    private NearMisses() {}

    /** At most three, the nearest first. */
    static List<String> of(String text, Collection<Revision> revisions) {
        if (text.length() > LONGEST) {
            return List.of();
        }
        String typed = text.toLowerCase(Locale.ROOT);
        Map<String, Integer> distances = new TreeMap<>();
        for (Revision revision : revisions) {
            near(distances, revision.revision(),
                    isFile(typed, revision) ? 0 : EditDistance.between(typed, revision.revision()));
            revision.labels().forEach(label -> near(distances, label, EditDistance.between(typed, label)));
        }
        return distances.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void near(Map<String, Integer> distances, String name, int distance) {
        if (EditDistance.isNear(distance, name)) {
            distances.merge(name, distance, Math::min);
        }
    }

    private static boolean isFile(String typed, Revision revision) {
        String file = revision.file().substring(revision.file().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String named = typed.substring(typed.lastIndexOf('/') + 1);
        return !named.isEmpty() && (file.equals(named) || file.equals(named + ".py"));
    }
}
