/**
 * The one plan that repairs an environment: start with {@link dev.migrationledger.core.repair.Repair}, which {@code RepairPlanner} makes.
 *
 * <p>{@code StampRepair} rewrites the version table, {@code HoleRepair} fills a hole (found by {@code HoleRepairSearch}), {@code Upgrade} runs what is pending, {@code Commands}
 * writes each command as it is typed. {@code UnseenWrites} finds rows that no schema proves, before a plan stamps over them.
 */
@NullMarked
package dev.migrationledger.core.repair;

import org.jspecify.annotations.NullMarked;
