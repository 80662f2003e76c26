/**
 * The one plan that repairs an environment: start with {@link dev.migrationledger.core.repair.Repair}, which {@code RepairPlanner} makes.
 *
 * <p>{@code StampRepair} rewrites the version table, {@code Upgrade} runs what is pending, {@code Commands} writes each command as it is
 * typed. {@code UnseenWrites} finds rows that no schema proves, before a plan stamps over them.
 *
 * <p>{@code HoleRepair} fills a hole. {@code HoleRepairSearch} finds it: {@code RunTraces} says how much of a revision is in the schema, {@code
 * RerunObstacles} why a revision cannot run again, and {@code HoleExplanation} why no whole revision fills the hole.
 */
@NullMarked
package dev.migrationledger.core.repair;

import org.jspecify.annotations.NullMarked;
