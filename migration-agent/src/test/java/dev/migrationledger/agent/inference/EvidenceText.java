package dev.migrationledger.agent.inference;

import dev.migrationledger.contracts.event.Evidence;
import java.util.Locale;

/** Evidence in words. */
public final class EvidenceText {

    private EvidenceText() {}

    /** Such as {@code (trigger, certain)}. */
    public static String of(Evidence evidence) {
        return "(" + evidence.method().name().toLowerCase(Locale.ROOT).replace('_', '-') + ", "
                + evidence.certainty().name().toLowerCase(Locale.ROOT) + ")";
    }
}
