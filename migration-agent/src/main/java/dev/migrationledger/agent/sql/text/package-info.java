/**
 * The text of SQL, cut into tokens and statements without a grammar, for what the grammar refuses. {@link
 * dev.migrationledger.agent.sql.text.SqlScript} splits a text into statements; {@link
 * dev.migrationledger.agent.sql.text.Scanner} finds the tokens of one. Nothing here fails on any text.
 */
@NullMarked
package dev.migrationledger.agent.sql.text;

import org.jspecify.annotations.NullMarked;
