package dev.migrationledger.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.GateReason.*;
import dev.migrationledger.contracts.policy.Policy.Unreachable;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.PolicyPlace.Section;
import dev.migrationledger.contracts.policy.RuleMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyTextTest {

    private static final Instant THEN = Instant.parse("2026-06-03T12:00:00Z");
    private static final PolicyPlace PLACE = new PolicyPlace(Section.PROMOTION, 1);
    private static final FoundDivergence HOLE = new FoundDivergence(DivergenceCode.SCHEMA_HOLE, "a1", Severity.ERROR);

    private static final Map<GateReason, String> SENTENCES = Map.ofEntries(
            Map.entry(new FindingOpen(RuleMode.WARN, null, HOLE), "schema-hole (a1) is found. Follow its plan."),
            Map.entry(new FindingAccepted(null, HOLE, "ann", THEN),
                    "schema-hole (a1) is accepted until 2026-06-03T12:00:00Z; ann takes care of it."),
            Map.entry(new AcceptanceEnded(RuleMode.ENFORCE, null, HOLE, "ann", THEN),
                    "schema-hole (a1) was accepted until 2026-06-03T12:00:00Z. Ask ann to repair it, or accept it again."),
            Map.entry(new WorseThanAccepted(RuleMode.ENFORCE, null, HOLE, Severity.ERROR, 2),
                    "schema-hole (a1) is worse than when it was accepted: 2 new facts. Follow its plan, or accept it again."),
            Map.entry(new WorseThanAccepted(RuleMode.ENFORCE, null, HOLE, Severity.WARNING, 0),
                    "schema-hole (a1) is worse than when it was accepted: error instead of warning. Follow its plan, or "
                            + "accept it again."),
            Map.entry(new DeployRunning(new UUID(0, 1), "ann", THEN),
                    "ann has deployed here since 2026-06-03T12:00:00Z. Wait until it ends, and ask again."),
            Map.entry(new Overridden(new UUID(0, 1), "ann", THEN),
                    "ann lets deploys run here until 2026-06-03T12:00:00Z although something else blocks them."),
            Map.entry(new LedgerUnreachable(RuleMode.WARN, Unreachable.LOCAL, THEN),
                    "The ledger does not answer. Decided by its policy of 2026-06-03T12:00:00Z and this environment alone."),
            Map.entry(new LedgerNeeded(RuleMode.ENFORCE, PLACE),
                    "Only the ledger can tell whether this rule is met. Ask again when it answers."),
            Map.entry(new NoEarlierEnvironment(RuleMode.ENFORCE, PLACE),
                    "promotion rule 2 names no environment in use that could apply revisions first. Correct its 'from'."),
            Map.entry(new NotAppliedEarlier(RuleMode.ENFORCE, PLACE, "staging", List.of("a1", "b2")),
                    "staging has not applied a1 and b2. Deploy there first."),
            Map.entry(new AppliedTooRecently(RuleMode.ENFORCE, PLACE, "staging", "a1", THEN, Duration.ofHours(24),
                    THEN.plusSeconds(86_400)),
                    "staging applied a1 at 2026-06-03T12:00:00Z, less than 1d ago. Wait until 2026-06-04T12:00:00Z."),
            Map.entry(new EarlierObservationTooOld(RuleMode.ENFORCE, PLACE, "staging", "a1", THEN,
                    THEN.plusSeconds(86_400)),
                    "Whether staging still has a1 is not known: it was last observed at 2026-06-03T12:00:00Z, before "
                            + "2026-06-04T12:00:00Z. Observe it again, or start an agent for it."),
            Map.entry(new EarlierObservationTooOld(RuleMode.ENFORCE, PLACE, "staging", "a1", null, THEN),
                    "Whether staging still has a1 is not known: it was never observed. Observe it again, or start an agent "
                            + "for it."),
            Map.entry(new NeverObserved(RuleMode.ENFORCE, null),
                    "No agent has observed this environment. Start an agent for it."),
            Map.entry(new ObservationTooOld(RuleMode.ENFORCE, null, THEN, Duration.ofMinutes(90)),
                    "The last observation, at 2026-06-03T12:00:00Z, is older than 90m. Check the agent."),
            Map.entry(new Frozen(RuleMode.ENFORCE, PLACE, "weekend", THEN, Set.of(Role.ADMINISTRATOR, Role.APPROVER)),
                    "The freeze 'weekend' lasts until 2026-06-03T12:00:00Z. Wait until then, or ask for the role approver "
                            + "or administrator."),
            Map.entry(new Frozen(RuleMode.ENFORCE, PLACE, "weekend", THEN, Set.of()),
                    "The freeze 'weekend' lasts until 2026-06-03T12:00:00Z. Wait until then."),
            Map.entry(new FreezePassed(PLACE, "weekend", THEN, Role.APPROVER),
                    "The freeze 'weekend' lasts until 2026-06-03T12:00:00Z and lets the role approver pass."),
            Map.entry(new AlreadyBegun(PLACE, "weekend", THEN, THEN.minusSeconds(60)),
                    "The freeze 'weekend' lasts until 2026-06-03T12:00:00Z; this deploy began at 2026-06-03T11:59:00Z and "
                            + "may end."),
            Map.entry(new NoPipeline(RuleMode.ENFORCE, PLACE),
                    "Only a pipeline deploys here. Deploy with the pipeline."),
            Map.entry(new ApprovalsMissing(RuleMode.ENFORCE, PLACE, 2, 1),
                    "2 approvals required, 1 given. Ask an approver."));

    @Test
    void each_reason_has_its_sentence() {
        assertThat(SENTENCES).allSatisfy((reason, sentence) -> assertThat(PolicyText.of(reason)).isEqualTo(sentence));
        assertThat(SENTENCES.keySet().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(leaves(GateReason.class).collect(Collectors.toSet()));
    }

    @Test
    void a_duration_has_the_largest_unit_that_leaves_no_rest() {
        assertThat(Stream.of("PT24H", "PT25H", "PT90M", "PT61S", "PT0S").map(Duration::parse).map(PolicyText::duration))
                .containsExactly("1d", "25h", "90m", "61s", "0s");
    }

    private static Stream<Class<?>> leaves(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(PolicyTextTest::leaves)
                : Stream.of(family);
    }
}
