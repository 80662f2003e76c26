package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.policy.Baseline.Entry;
import dev.migrationledger.contracts.policy.Baseline.Status;
import dev.migrationledger.contracts.policy.Baseline;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EndedAcceptanceTest {

    private static final Instant NOON = Instant.parse("2026-06-03T12:00:00Z");

    @Test
    void findings_that_were_accepted_together_are_one_item() {
        assertThat(EndedAcceptance.of(new Baseline("navbot", List.of(
                entry(DivergenceCode.SCHEMA_HOLE, "", "release 42", NOON),
                entry(DivergenceCode.FORKED, "", "ticket 7", NOON.plusSeconds(60)),
                entry(DivergenceCode.UNKNOWN_REVISION, "zz", "release 42", NOON)))))
                .containsExactly(
                        new EndedAcceptance("navbot/production",
                                "The acceptance of forked by ada ended on 2026-06-03 12:01:00 UTC: ticket 7."
                                        + " Ask ann to repair it, or accept it again.",
                                "/projects/navbot/environments/production#exceptions"),
                        new EndedAcceptance("navbot/production",
                                "The acceptance of schema-hole and unknown-revision (zz) by ada ended on"
                                        + " 2026-06-03 12:00:00 UTC: release 42."
                                        + " Ask ann to repair them, or accept them again.",
                                "/projects/navbot/environments/production#exceptions"));
    }

    @Test
    void a_password_in_a_reason_is_not_shown() {
        assertThat(EndedAcceptance.of(new Baseline("navbot",
                List.of(entry(DivergenceCode.SCHEMA_HOLE, "", "see postgresql://ann:s3cret@db/app", NOON)))))
                .singleElement().satisfies(it -> assertThat(it.sentence()).doesNotContain("s3cret"));
    }

    private static Entry entry(DivergenceCode code, String subject, String reason, Instant until) {
        return new Entry(new UUID(0, 1), "production", code, subject, Severity.ERROR, reason, "ann", until, "ada",
                NOON.minusSeconds(3_600), Status.ENDED);
    }
}
