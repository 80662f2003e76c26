/**
 * A project's policy: {@code ApplyPolicy} is decided by {@code PolicyDecisions} on the {@code ProjectState}, and {@code PolicyView} stores what
 * counts. {@code policy.file} reads the file, {@code policy.baseline} keeps the findings that are accepted, and {@code policy.signed} signs what
 * agents keep. What a policy demands is in {@code contracts.policy}, and whether a deploy meets it is decided in {@code core.policy}.
 */
@NullMarked
package dev.migrationledger.ledger.policy;

import org.jspecify.annotations.NullMarked;
