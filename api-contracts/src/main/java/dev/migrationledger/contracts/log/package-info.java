/**
 * The evidence log: a Merkle tree over all that was recorded, which others can verify. Start with {@link LogRecord}, whose bytes are a leaf;
 * docs/evidence-log.md is the specification.
 */
@NullMarked
package dev.migrationledger.contracts.log;

import org.jspecify.annotations.NullMarked;
