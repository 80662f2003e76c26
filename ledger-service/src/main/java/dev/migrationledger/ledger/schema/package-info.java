/**
 * The live schema of an environment and what the revisions of its sources do to one: start with {@link
 * dev.migrationledger.ledger.schema.SchemaView}, which is what the events add up to, and {@code SchemaFold}, which adds them up.
 * Both are pure. {@code SchemaViews} keeps them in PostgreSQL beside the environment's own view. An event that says more about
 * either gets its line in the fold.
 */
@NullMarked
package dev.migrationledger.ledger.schema;

import org.jspecify.annotations.NullMarked;
