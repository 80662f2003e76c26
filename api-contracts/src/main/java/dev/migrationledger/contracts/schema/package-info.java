/**
 * What a live schema consists of: {@link dev.migrationledger.contracts.schema.ObjectName} names an object, {@link
 * dev.migrationledger.contracts.schema.SchemaObject} says what it is.
 */
@NullMarked
package dev.migrationledger.contracts.schema;

import org.jspecify.annotations.NullMarked;
