package dev.migrationledger.ledger.dashboard.lists;

/** How many items the pages before showed, as the address of a page says. */
final class Offset {

    private static final int MOST = 1_000_000;

    private Offset() {}

    static int of(int asked) {
        return Math.clamp(asked, 0, MOST);
    }
}
