package dev.migrationledger.contracts.text;

/** A number and what it counts. */
public final class Count {

    private Count() {}

    /** Such as {@code 1 revision} or {@code 3 revisions}. */
    public static String of(long number, String noun) {
        return number + " " + (number == 1 ? noun : noun + "s");
    }
}
