package dev.migrationledger.ledger.recording.view;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the views are stored in this ledger's forms. If another version has taken over, this one is not ready any more. */
final class ViewFormsHealth implements HealthIndicator {

    private final ViewForms forms;

    ViewFormsHealth(ViewForms forms) {
        this.forms = forms;
    }

    @Override
    public Health health() {
        return forms.inWords().map(words -> Health.down().withDetail("reason", words).build())
                .orElseGet(() -> Health.up().build());
    }
}
