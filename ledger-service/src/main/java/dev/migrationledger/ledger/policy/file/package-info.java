/**
 * The file of a policy, read with the place of each mistake: start with {@link dev.migrationledger.ledger.policy.file.PolicyFile}. To add a key,
 * give it a line there, and a line and an example in {@code docs/policy.md}.
 */
@NullMarked
package dev.migrationledger.ledger.policy.file;

import org.jspecify.annotations.NullMarked;
