/**
 * Which revisions a schema really matches, whatever the version table says: start with {@link
 * dev.migrationledger.contracts.physical.SchemaEvidence}; {@link dev.migrationledger.contracts.physical.PhysicalState} is its
 * answer.
 */
@NullMarked
package dev.migrationledger.contracts.physical;

import org.jspecify.annotations.NullMarked;
