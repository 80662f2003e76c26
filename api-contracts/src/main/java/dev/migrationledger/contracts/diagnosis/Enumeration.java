package dev.migrationledger.contracts.diagnosis;

import java.util.List;

/** Names in a sentence: all of them, or as many as anybody reads. */
public final class Enumeration {

    private Enumeration() {}

    /**
     * Such as {@code a, b and c}, or {@code a, b and 3 more}.
     *
     * @param most how many are named where there are more; one more than that is named as well, since to count it takes no less room
     */
    public static String of(List<String> names, int most) {
        if (names.size() > most + 1) {
            return String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
        }
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
