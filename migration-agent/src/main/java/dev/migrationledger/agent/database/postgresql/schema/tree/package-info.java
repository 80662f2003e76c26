/**
 * Expressions and queries as PostgreSQL stores them ({@code pg_node_tree}), written in one form that is the same on every
 * version from 13 to 18. The server's own functions that do so ({@code pg_get_viewdef}, {@code pg_get_constraintdef}, …) lock
 * the tables that an expression is about and see another moment than the transaction that asks; this only reads text. Start with
 * {@link dev.migrationledger.agent.database.postgresql.schema.tree.Canonical}; {@code TextConstants} takes the string literals from the same text.
 */
@NullMarked
package dev.migrationledger.agent.database.postgresql.schema.tree;

import org.jspecify.annotations.NullMarked;
