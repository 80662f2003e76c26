/**
 * What each revision does to a schema, read without running it. Start with {@link
 * dev.migrationledger.agent.tool.alembic.footprint.EffectCollector}: it is told each call that a function makes, {@link
 * dev.migrationledger.agent.tool.alembic.footprint.CalleeKind} says what the call is made on, {@link
 * dev.migrationledger.agent.tool.alembic.footprint.Operations} has Alembic's operations. {@code DeclaredTables} knows which tables the script
 * itself makes, {@code DeclaredTable} those that its classes declare. To follow one more operation, give it
 * a case there and a script with its footprint among the golden ones.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.footprint;

import org.jspecify.annotations.NullMarked;
