/**
 * Revisions and the graph they form, with Alembic's meaning of each word: start with {@link RevisionGraph}; {@link Identifiers} is
 * what people type for them.
 */
@NullMarked
package dev.migrationledger.contracts.revision;

import org.jspecify.annotations.NullMarked;
