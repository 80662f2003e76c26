/** Checks an export of events against a checkpoint, with no other source: start with {@code ExportVerifier}. */
@NullMarked
package dev.migrationledger.core.export;

import org.jspecify.annotations.NullMarked;
