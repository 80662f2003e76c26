package dev.migrationledger.ledger.audit.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.contracts.event.IdentityEvent.*;
import dev.migrationledger.contracts.event.MergeEvent.*;
import dev.migrationledger.contracts.event.PolicyEvent.*;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.ledger.audit.facts.EventFacts.Who;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventFactsTest {

    private static final UUID ID = new UUID(3, 4);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Who ANN = new Who.ThePerson("ann");
    private static final Who LEDGER = new Who.TheLedger();

    static List<Arguments> sentences() {
        return List.of(
                Arguments.of(new DeployApproved(ID, "ann", null), ANN, "Approved a deploy."),
                Arguments.of(new DeployApproved(ID, "ann", "Seen on staging."), ANN,
                        "Approved a deploy: Seen on staging."),
                Arguments.of(new DeployEnded(ID, ID, 1), LEDGER, "Ended a deploy whose command exited with code 1."),
                Arguments.of(new DeployEnded(ID, null, null), LEDGER,
                        "Ended a deploy without a report of its command."),
                Arguments.of(new OverrideOpened(ID, "ann", "Incident 7.", NOON), ANN,
                        "Opened an override until 2026-01-01T12:00:00Z: Incident 7."),
                Arguments.of(new OverrideClosed(ID, null, null), LEDGER,
                        "Closed an override because its time is over."),
                Arguments.of(new OverrideClosed(ID, "ann", null), ANN, "Closed an override."),
                Arguments.of(new OverrideClosed(ID, "ann", "It is back."), ANN, "Closed an override: It is back."),
                Arguments.of(new OverrideReviewed(ID, "ann", "was right"), ANN, "Reviewed an override: was right."),
                Arguments.of(new MergeApproved(ID, "ann", 3, "looks right"), ANN, "Approved a merge: looks right."),
                Arguments.of(new MergeApprovalCarried(ID, "ann", List.of("a")), LEDGER,
                        "Kept the approval of ann: the changed files do the same."),
                Arguments.of(new MergeRejected(ID, "ann", "drops a column"), ANN,
                        "Rejected a merge: drops a column."),
                Arguments.of(new MergeWithdrawn(ID, "ann", "not needed."), ANN, "Withdrew a merge: not needed."),
                Arguments.of(new MergeWritten(ID, "m1", MergeWay.MERGE, false), LEDGER,
                        "Found the merge m1 in the scripts, not as proposed."),
                Arguments.of(new MergeApplied(ID, "production", false), LEDGER,
                        "Found a merge applied in production without approval."),
                Arguments.of(new MergeClosed(ID, true), LEDGER, "Closed a merge: every environment has it."),
                Arguments.of(new PersonSignedIn("ann", "Ann", "ann@example.org", List.of()), ANN,
                        "Signed in as Ann."),
                Arguments.of(new RoleGranted("bob", Role.APPROVER, "navbot", "ann"), ANN,
                        "Granted bob the role approver in navbot."),
                Arguments.of(new RoleWithdrawn("bob", Role.VIEWER, null, "ann"), ANN,
                        "Withdrew the role viewer of bob in all projects."),
                Arguments.of(new AccessTokenRevoked(ID, "ann"), ANN, "Revoked an access token."),
                Arguments.of(new AgentEnrolled("k", "p", "a1", "navbot", "production", ID), new Who.AnAgent("a1"),
                        "Enrolled agent a1 for navbot/production."),
                Arguments.of(new AgentKeyRevoked("k", "ann", "laptop lost"), ANN,
                        "Revoked the key of an agent: laptop lost."),
                Arguments.of(new AgentKeySuspended("k", 7, 9), LEDGER,
                        "Suspended the key of an agent because it seems to be copied: state 7 after 9."),
                Arguments.of(new PipelineTrustWithdrawn(ID, "ann"), ANN, "Withdrew the trust in a pipeline."),
                Arguments.of(new PolicyApplied(3, "ann", ""), ANN, "Applied version 3 of the policy."),
                Arguments.of(new AcceptanceWithdrawn(ID, "ann"), ANN, "Withdrew the acceptance of a finding."),
                Arguments.of(new AcceptanceExpired(ID), LEDGER,
                        "Ended the acceptance of a finding because its time is over."));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void a_sentence_says_what_happened_and_who_did_it(Event event, Who who, String text) {
        assertThat(EventFacts.of(event).text()).isEqualTo(text);
        assertThat(EventFacts.of(event).who()).isEqualTo(who);
    }

    @Test
    void what_belongs_to_a_merge_or_an_override_is_found_by_its_id() {
        assertThat(EventFacts.of(new MergeApproved(ID, "ann", 3, null)).ids()).containsExactly(ID.toString());
        assertThat(EventFacts.of(new OverrideClosed(ID, null, null)).ids()).containsExactly(ID.toString());
    }
}
