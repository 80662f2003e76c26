/**
 * The rules that judge one environment: {@link dev.migrationledger.core.rules.Observations} go in, a {@link
 * dev.migrationledger.core.rules.Diagnosis} comes out.
 *
 * <p>Read {@code Case} first: what every rule is given. {@code Rows} is what the version table means, {@code Place} where the schema is
 * seen from there, {@code Repair} the one plan for the whole, which {@code Planning} thinks of; a finding carries those of its steps that
 * belong to its code. A rule only says what it sees in these. {@code Rules} lists all rules, each with its code and the {@code Input} that it
 * needs; to add one, write its class, its line there, its golden cases and its section in {@code docs/divergences.md}.
 *
 * <p>{@code UpgradePreview} runs what is pending against the snapshot: {@code Unchanged} says what the snapshot still proves on the way, {@code
 * RefusedDrop} and {@code MissingNeeds} why PostgreSQL refuses a change ({@code IdentitySequences} are those that no snapshot lists). To foretell another failure, give it a {@code
 * UpgradeFailure.Reason} there. {@code UnseenWrites} finds rows that no schema proves, before a plan stamps over them.
 */
@NullMarked
package dev.migrationledger.core.rules;

import org.jspecify.annotations.NullMarked;
