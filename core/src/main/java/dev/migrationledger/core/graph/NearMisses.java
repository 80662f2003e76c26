package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
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
            near(distances, revision.revision(), isFile(typed, revision) ? 0 : distance(typed, revision.revision()));
            revision.labels().forEach(label -> near(distances, label, distance(typed, label)));
        }
        return distances.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void near(Map<String, Integer> distances, String name, int distance) {
        // Of a short name every other short name is near.
        if (distance <= Math.min(2, (name.length() - 1) / 2)) {
            distances.merge(name, distance, Math::min);
        }
    }

    private static boolean isFile(String typed, Revision revision) {
        String file = revision.file().substring(revision.file().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String named = typed.substring(typed.lastIndexOf('/') + 1);
        return !named.isEmpty() && (file.equals(named) || file.equals(named + ".py"));
    }

    /** Letters to insert, delete, change or swap with the next; 3 stands for all from there. */
    private static int distance(String typed, String candidate) {
        String name = candidate.toLowerCase(Locale.ROOT);
        if (Math.abs(typed.length() - name.length()) > 2 || name.length() > LONGEST) {
            return 3;
        }
        int[][] cost = new int[typed.length() + 1][name.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= name.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && typed.charAt(i - 1) == name.charAt(j - 2)
                        && typed.charAt(i - 2) == name.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return Math.min(3, cost[typed.length()][name.length()]);
    }
}
