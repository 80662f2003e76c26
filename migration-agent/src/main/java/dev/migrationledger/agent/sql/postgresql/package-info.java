/**
 * Literal SQL, read by PostgreSQL's grammar as pgCodeKeeper keeps it. Start with {@link
 * dev.migrationledger.agent.sql.postgresql.LiteralSql}; nothing else here is loaded before it is asked. What has no
 * kind of object of its own, such as a role, is never passed over but said to be unknown. A type that is dropped or renamed is
 * taken for an enum, because its statement does not tell and nearly all are. {@code QueryColumns} says which columns a query leaves, {@code
 * QueryTexts} which string literals it has.
 */
@NullMarked
package dev.migrationledger.agent.sql.postgresql;

import org.jspecify.annotations.NullMarked;
