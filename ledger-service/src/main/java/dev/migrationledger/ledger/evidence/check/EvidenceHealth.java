package dev.migrationledger.ledger.evidence.check;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the database is what was recorded, as far as it was read again. The ledger goes on recording in any case. */
final class EvidenceHealth implements HealthIndicator {

    private static final int SHOWN = 10;

    private final Tamperings tamperings;

    EvidenceHealth(Tamperings tamperings) {
        this.tamperings = tamperings;
    }

    @Override
    public Health health() {
        List<Tamperings.Open> open = tamperings.open();
        Health.Builder health = open.isEmpty() ? Health.up() : Health.down();
        health.withDetail("lastCompleteCheck", String.valueOf(tamperings.completedAt()));
        if (!open.isEmpty()) {
            health.withDetail("tamperings", open.size());
            health.withDetail("places", open.stream().limit(SHOWN)
                    .map(one -> TamperingText.sentence(one.tampering())).toList());
        }
        return health.build();
    }
}
