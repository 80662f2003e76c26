package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.TestDatabase;
import java.nio.file.Path;
import java.util.Map;

/** Leaves its PostgreSQL behind, as a killed ledger does. */
final class KilledLedger {

    private KilledLedger() {}

    public static void main(String[] arguments) {
        EmbeddedPostgres.start(Path.of(arguments[0]), TestDatabase.VERSION, Map.of());
        Runtime.getRuntime().halt(0);
    }
}
