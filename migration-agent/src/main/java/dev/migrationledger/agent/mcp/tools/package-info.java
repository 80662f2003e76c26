/**
 * The questions that models ask a ledger: start with {@code LedgerTools}, the list. Each tool asks addresses that only read, by {@code LedgerReader},
 * and answers with a record of its own: what a model needs, the most important first.
 */
@NullMarked
package dev.migrationledger.agent.mcp.tools;

import org.jspecify.annotations.NullMarked;
