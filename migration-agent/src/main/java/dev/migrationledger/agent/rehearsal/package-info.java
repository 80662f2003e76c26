/**
 * A merge is tried in scratch databases, by the project's own migration tool. Start with {@link dev.migrationledger.agent.rehearsal.Rehearsal};
 * {@link dev.migrationledger.agent.rehearsal.MergedScripts} has the scripts as the merge would leave them, and {@link
 * dev.migrationledger.agent.rehearsal.ProjectTool} runs the tool. To run a further way, add it to {@link
 * dev.migrationledger.core.merge.RehearsalPlan}.
 */
@NullMarked
package dev.migrationledger.agent.rehearsal;

import org.jspecify.annotations.NullMarked;
