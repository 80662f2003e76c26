package dev.migrationledger.ledger.dashboard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.ledger.policy.PolicyUpload;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RuleInForceTest {

    @Test
    void without_a_file_each_default_is_named() {
        assertThat(RuleInForce.of(Policy.DEFAULT)).noneMatch(RuleInForce::fromFile)
                .extracting(RuleInForce::sentence).containsExactly(
                        "An error blocks, a warning is shown and lets the deploy run, and information is recorded.",
                        "An observation of the last 15 minutes is needed. 'gate' observes the database itself.",
                        "Nothing is demanded.", "Nothing is demanded.", "Nothing is demanded.", "Nothing is demanded.",
                        "A merge of heads needs 1 approval.", "The agent decides by the last policy that it got.");
    }

    @Test
    void what_the_file_says_comes_before_the_defaults() {
        Policy policy = Objects.requireNonNull(PolicyUpload.typed("""
                freshness:
                  - at-most: 5m
                promotion:
                  - to: {environments: [production]}
                    from: {environments: [staging]}
                    for: 24h
                unreachable: block
                merges:
                  approvals: 1
                  approvals-where-shared: 2
                """).policy());

        assertThat(RuleInForce.of(policy)).filteredOn(RuleInForce::fromFile).extracting(RuleInForce::sentence)
                .containsExactly(
                        "1 rule in the file. Otherwise an observation of the last 15 minutes is needed. 'gate' observes the database itself.",
                        "1 rule in the file. The earlier environment must have been observed in the last 7 days, unless a rule says otherwise.",
                        "A merge of heads needs 1 approval, or 2 if both sides change one object.",
                        "Deploys are blocked.");
    }
}
