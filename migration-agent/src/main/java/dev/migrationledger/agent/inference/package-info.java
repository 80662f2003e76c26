/**
 * Everything the agent concludes, pure: no clock, no I/O, no log. Start with {@code round.Round}, which turns one observation and
 * what is remembered into facts. {@code poll} infers what must have happened between two states of a version table; {@code replay}
 * reads it from captured transactions and leaves the gaps to {@code poll}. This package holds what both conclude in the same way.
 */
@NullMarked
package dev.migrationledger.agent.inference;

import org.jspecify.annotations.NullMarked;
