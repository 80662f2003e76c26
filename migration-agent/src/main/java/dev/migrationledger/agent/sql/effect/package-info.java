/**
 * What PostgreSQL makes of what it is told, shared by all who read statements: the names it gives where none is given ({@link
 * dev.migrationledger.agent.sql.effect.GeneratedNames}; {@code ExpressionName} for
 * expressions in indexes), its spelling of types ({@link
 * dev.migrationledger.agent.sql.effect.TypeName}), what comes along with a column or a constraint
 * ({@link dev.migrationledger.agent.sql.effect.TableChanges}). Effects are collected by {@link
 * dev.migrationledger.agent.sql.effect.Changes}, {@code Transactions} says which rows are written apart from them.
 */
@NullMarked
package dev.migrationledger.agent.sql.effect;

import org.jspecify.annotations.NullMarked;
