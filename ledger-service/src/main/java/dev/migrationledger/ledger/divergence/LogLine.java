package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceChanged;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceDetected;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceResolved;

/** A divergence's event as one line of a log. */
final class LogLine {

    private LogLine() {}

    static String of(DivergenceEvent event) {
        return switch (event) {
            case DivergenceDetected detected -> "detected " + of(detected.finding());
            case DivergenceChanged changed -> "changed " + of(changed.finding());
            case DivergenceResolved resolved -> "resolved " + resolved.code().code();
        };
    }

    private static String of(Finding finding) {
        return finding.code().code() + ": " + finding.message();
    }
}
