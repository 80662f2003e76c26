/** {@code enroll}: gives an agent a key, so that a ledger knows who sends. Read {@code EnrollCommand} first. */
@NullMarked
package dev.migrationledger.agent.enroll;

import org.jspecify.annotations.NullMarked;
