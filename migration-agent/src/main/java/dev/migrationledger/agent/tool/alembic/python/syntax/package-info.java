/**
 * Python's grammar as records: start with {@link dev.migrationledger.agent.tool.alembic.python.syntax.Statement} and {@link
 * dev.migrationledger.agent.tool.alembic.python.syntax.Expression}. Pure; nothing here knows what a name stands for.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.python.syntax;

import org.jspecify.annotations.NullMarked;
