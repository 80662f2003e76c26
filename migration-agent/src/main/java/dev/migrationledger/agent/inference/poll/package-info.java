/**
 * What must have happened between two polls. Start with {@link
 * dev.migrationledger.agent.inference.poll.TransitionInference}; {@code CatalogEvidence} says how strong the evidence is, {@code
 * RevisionPath} compares revisions with the schema's change, which {@code SchemaDelta} works out.
 */
@NullMarked
package dev.migrationledger.agent.inference.poll;

import org.jspecify.annotations.NullMarked;
