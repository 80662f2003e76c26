package dev.migrationledger.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.gate.DeployReport.Reason;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.policy.GateReason.ApprovalsMissing;
import dev.migrationledger.contracts.policy.GateReason.FindingOpen;
import dev.migrationledger.contracts.policy.GateReason.FoundDivergence;
import dev.migrationledger.contracts.policy.GateReason.NotAppliedEarlier;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.PolicyPlace.Section;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An answer of the ledger, as GitHub Actions shows it. */
class GithubAnnotationsTest {

    private static final Finding FORKED = new Finding(DivergenceCode.FORKED, Severity.WARNING, "staging",
            "b is applied here but not in staging.\nc is 100% the other way.", List.of(), List.of());

    private static final GateReason PROMOTION = new NotAppliedEarlier(RuleMode.ENFORCE,
            new PolicyPlace(Section.PROMOTION, 0), "staging", List.of("3333cccc"));

    private static final GateReason APPROVALS = new ApprovalsMissing(RuleMode.AUDIT,
            new PolicyPlace(Section.APPROVALS, 0), 1, 0);

    private static final GateReason WARNING = new FindingOpen(RuleMode.WARN, null, FoundDivergence.of(FORKED));

    @Test
    void what_blocks_is_an_error_what_warns_a_warning_and_what_is_only_recorded_nothing() {
        assertThat(GithubAnnotations.of(report(GateDecision.BLOCKED, PROMOTION, WARNING, APPROVALS))).containsExactly(
                "::error title=Deploy blocked::staging has not applied 3333cccc. Deploy there first.",
                "::warning title=Deploy blocked::b is applied here but not in staging.\\u000ac is 100%25 the other way.");
    }

    @Test
    void what_would_block_a_deploy_that_an_override_allows_is_a_warning() {
        assertThat(GithubAnnotations.of(report(GateDecision.ALLOWED, PROMOTION))).containsExactly(
                "::warning title=Deploy allowed::staging has not applied 3333cccc. Deploy there first.");
    }

    @Test
    void a_clean_answer_is_not_annotated() {
        assertThat(GithubAnnotations.of(report(GateDecision.ALLOWED))).isEmpty();
    }

    private static DeployReport report(GateDecision decision, GateReason... reasons) {
        return new DeployReport(decision, "a summary", new UUID(1, 2), "navbot/production", "postgresql://db/app",
                new GateScripts("alembic.ini", 3, List.of("3333cccc"), "d".repeat(64)),
                new VersionTable("public.alembic_version", VersionTable.State.PRESENT, List.of("2222bbbb")),
                new Fingerprint(1, "f".repeat(64)), List.of("3333cccc"), Stream.of(reasons).map(Reason::of).toList(),
                List.of(FORKED), 1, Instant.EPOCH, null, null, null, null);
    }
}
