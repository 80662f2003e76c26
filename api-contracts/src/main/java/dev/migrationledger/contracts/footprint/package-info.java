/**
 * What a revision does to a schema, as far as that can be read without running it: start with {@link
 * dev.migrationledger.contracts.footprint.Footprint}.
 */
@NullMarked
package dev.migrationledger.contracts.footprint;

import org.jspecify.annotations.NullMarked;
