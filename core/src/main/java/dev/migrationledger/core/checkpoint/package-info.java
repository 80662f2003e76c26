/**
 * Signed checkpoints of the evidence log in the formats of C2SP: {@code Checkpoint} (tlog-checkpoint) is the text of a {@code SignedNote}, which a {@code
 * NoteKey} verifies (signed-note).
 */
@NullMarked
package dev.migrationledger.core.checkpoint;

import org.jspecify.annotations.NullMarked;
