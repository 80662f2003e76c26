/** The keys that a query of the audit may use: {@link dev.migrationledger.core.audit.AuditKeys}. Both programs know them. */
@NullMarked
package dev.migrationledger.core.audit;

import org.jspecify.annotations.NullMarked;
