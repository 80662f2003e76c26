/**
 * What a live schema consists of.
 */
@NullMarked
package dev.migrationledger.contracts.schema;

import org.jspecify.annotations.NullMarked;
