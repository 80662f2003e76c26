package dev.migrationledger.contracts.text;

import java.util.Locale;

/** A number and what it counts. */
public final class Count {

    private Count() {}

    /** Such as {@code 1 revision}, {@code 3 revisions} or {@code 2,000 revisions}. */
    public static String of(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : noun + "s");
    }
}
