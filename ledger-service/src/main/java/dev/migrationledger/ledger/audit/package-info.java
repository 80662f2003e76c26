/**
 * The audit: who did what, where and when, for people who ask later. {@code facts} says what each event means, {@code index} stores an entry for each,
 * {@code search} finds them, {@code export} writes them into files, and {@code web} answers.
 */
@NullMarked
package dev.migrationledger.ledger.audit;

import org.jspecify.annotations.NullMarked;
