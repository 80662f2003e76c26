/**
 * What a project demands of a deploy, and what a client reads and writes of it: start with {@link
 * dev.migrationledger.contracts.policy.Policy} and {@link dev.migrationledger.contracts.policy.ProjectPolicy}. What there is to say of a
 * deploy is a list of {@link dev.migrationledger.contracts.policy.GateReason}s.
 */
@NullMarked
package dev.migrationledger.contracts.policy;

import org.jspecify.annotations.NullMarked;
