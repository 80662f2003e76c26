package dev.migrationledger.ledger.dashboard.graph;

/** Digests of files as pages show them. */
final class Digests {

    private static final int SHORT = 12;

    private Digests() {}

    /** Enough to tell the contents of one file apart. */
    static String shortened(String digest) {
        return digest.substring(0, Math.min(SHORT, digest.length()));
    }
}
