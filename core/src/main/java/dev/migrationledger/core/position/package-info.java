/**
 * Which revisions a schema really matches, whatever the version table says: start with {@link
 * dev.migrationledger.core.position.SchemaEvidence}; {@link dev.migrationledger.core.position.PhysicalState} is its
 * answer.
 *
 * <p>{@code TimelineBuilder} turns effects into a {@code Timeline} for each object, with {@code Timelines} as its state: {@code NameResolver} and {@code ConditionEvaluator} say what a change means, {@code DropEffects}, {@code RenameEffects},
 * {@code AlternativeNames} and {@code ParallelChanges} what else it changes, {@code CopiedParts} what a new table has from another one; {@code ObjectProperties} knows what a change does to what is known
 * of one: an effect or property that is to count begins there. {@code SnapshotMatcher} says whether a state contradicts the snapshot. To compare
 * another property, add it to {@code DefinitionMatch}, and what to say of it to {@code ObjectProperties.words}; {@code DefaultValue},
 * {@code CheckLiterals}, {@code ViewQuery} and {@code EnumLabels} compare what PostgreSQL keeps when it rewrites an expression. {@code Contradictions} makes of both what each object says against sets of revisions,
 * {@code Closure} and {@code Lattice} find the sets against which least is said, by a minimum cut, and {@code CandidateSearch} says how much
 * an assumption counts. {@code Excuses} bounds what a place that cannot be read may explain, {@code PostgresRules} says what goes along with what, {@code DropRefusals} what
 * refuses to, {@code SnapshotKey} what a foreign key can point to. Why so: {@code docs/adr/0013-physical-revision-by-least-contradiction.md}.
 */
@NullMarked
package dev.migrationledger.core.position;

import org.jspecify.annotations.NullMarked;
