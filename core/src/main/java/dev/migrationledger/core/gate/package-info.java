/**
 * Judges whether code may start on a database. Start with {@link StartGate}; {@link StartAnswer} is what it answers. Pure: a version table
 * and scripts go in, an answer comes out. A new reason to block needs a constant in {@link StartOutcome}, in order of severity, and its
 * finding in {@code StartFindings}.
 */
@NullMarked
package dev.migrationledger.core.gate;

import org.jspecify.annotations.NullMarked;
