/**
 * Revisions and the graph they form, with Alembic's meaning of each word: start with {@link RevisionGraph}.
 */
@NullMarked
package dev.migrationledger.contracts.revision;

import org.jspecify.annotations.NullMarked;
