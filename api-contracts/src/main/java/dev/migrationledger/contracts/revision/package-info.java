/** One revision of a migration history, as a tool reads it from its script. The graph that revisions form is in module {@code core}. */
@NullMarked
package dev.migrationledger.contracts.revision;

import org.jspecify.annotations.NullMarked;
