/** Answers of the API about schemas and revisions that are worked out when someone asks. Start with {@code PositionController}. Nothing is stored. */
@NullMarked
package dev.migrationledger.ledger.position;

import org.jspecify.annotations.NullMarked;
