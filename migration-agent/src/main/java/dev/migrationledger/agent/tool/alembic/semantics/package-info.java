/**
 * What Alembic's script files do, as a digest: start with {@link dev.migrationledger.agent.tool.alembic.semantics.SemanticDigests}. The code itself
 * is written by {@code agent.python.canonical}, whose package says what counts; here it is decided what of it are declarations, and which modules
 * belong to no project. Pure.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.semantics;

import org.jspecify.annotations.NullMarked;
