/**
 * Whether a deploy meets what a project demands, which is a {@link dev.migrationledger.contracts.policy.Policy}: start with {@link
 * dev.migrationledger.core.policy.PolicyJudge}.
 *
 * <p>A judgement is a list of {@code GateReason}s, which are facts; {@code PolicyText} makes their sentences. {@code PolicyCheck} finds
 * what contradicts itself in a policy. To add a demand, give {@code Policy} a list of rules, {@code PolicyPlace} a section and {@code
 * GateReason} a record, and raise {@code EnvironmentPolicy.FORM}: an agent that does not know the rule must not decide without it.
 */
@NullMarked
package dev.migrationledger.core.policy;

import org.jspecify.annotations.NullMarked;
