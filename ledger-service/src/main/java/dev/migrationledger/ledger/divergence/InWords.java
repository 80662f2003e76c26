package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceChanged;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceDetected;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceResolved;

/** A divergence's event as one line of a log. */
final class InWords {

    private InWords() {}

    static String of(RecordedEvent event) {
        return switch (event.event()) {
            case DivergenceDetected detected -> "detected " + of(detected.finding());
            case DivergenceChanged changed -> "changed " + of(changed.finding());
            case DivergenceResolved resolved -> "resolved " + resolved.code().code();
            default -> throw new IllegalArgumentException("no event of a divergence: " + event.event());
        };
    }

    private static String of(Finding finding) {
        return finding.code().code() + ": " + finding.message();
    }
}
