/**
 * Finds entries of the audit. Start with {@link dev.migrationledger.ledger.audit.search.AuditSearch}. A query becomes two conditions: one on blocks of
 * entries, which says where it is worth to look, and one on entries, which decides. The second one alone would find the same, slowly.
 */
@NullMarked
package dev.migrationledger.ledger.audit.search;

import org.jspecify.annotations.NullMarked;
