/**
 * What agents observe and what the ledger decides, each family on one page: start with {@link AgentEvent}. To add an event:
 * a record in its family, a line in {@link EventCatalogue}, its golden JSON; the compiler names every fold that must know it.
 */
@NullMarked
package dev.migrationledger.contracts.event;

import org.jspecify.annotations.NullMarked;
