/**
 * What a live schema consists of: {@link dev.migrationledger.contracts.schema.ObjectName} names an object, {@link
 * dev.migrationledger.contracts.schema.SchemaObject} says what it is, {@link
 * dev.migrationledger.contracts.schema.SchemaSnapshot} is all of them at one moment, and {@link
 * dev.migrationledger.contracts.schema.SchemaDifference} leads from one moment to another.
 */
@NullMarked
package dev.migrationledger.contracts.schema;

import org.jspecify.annotations.NullMarked;
