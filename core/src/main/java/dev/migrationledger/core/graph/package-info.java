/**
 * The graph that revisions form, with Alembic's meaning of each word: start with {@link
 * dev.migrationledger.core.graph.RevisionGraph}; {@link dev.migrationledger.core.graph.RevisionIdentifiers} is what people type for
 * revisions.
 */
@NullMarked
package dev.migrationledger.core.graph;

import org.jspecify.annotations.NullMarked;
