/**
 * What a client reads and writes of a project's policy: start with {@link dev.migrationledger.contracts.policy.ProjectPolicy}. What it says
 * of a deploy is a list of {@link dev.migrationledger.contracts.policy.GateReason}s.
 */
@NullMarked
package dev.migrationledger.contracts.policy;

import org.jspecify.annotations.NullMarked;
