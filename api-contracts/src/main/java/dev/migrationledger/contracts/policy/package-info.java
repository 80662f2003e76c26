/** What a client reads and writes of a project's policy: start with {@link dev.migrationledger.contracts.policy.ProjectPolicy}. */
@NullMarked
package dev.migrationledger.contracts.policy;

import org.jspecify.annotations.NullMarked;
