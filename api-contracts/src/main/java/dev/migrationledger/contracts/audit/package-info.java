/**
 * What the audit answers: who did what, where, when, and how that is known. Start with {@link dev.migrationledger.contracts.audit.AuditPage};
 * docs/audit.md explains the query language.
 */
@NullMarked
package dev.migrationledger.contracts.audit;

import org.jspecify.annotations.NullMarked;
