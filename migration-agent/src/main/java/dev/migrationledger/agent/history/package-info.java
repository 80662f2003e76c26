/**
 * The commands {@code heads}, {@code history} and {@code show}: questions about single revisions of a project's history, which is
 * read without running it. Start with {@link HistoryAnswer}, which all three give; what a person may type for a revision is
 * {@link dev.migrationledger.core.graph.RevisionIdentifiers}.
 */
@NullMarked
package dev.migrationledger.agent.history;

import org.jspecify.annotations.NullMarked;
