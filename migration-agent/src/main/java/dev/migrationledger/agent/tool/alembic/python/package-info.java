/**
 * Reads Python source without running it: just enough of the language to know which values a module's names have once
 * it has been imported. Start with {@link ModuleReader}. Pure: bytes go in, a {@link Module} comes out, and what it imports is
 * asked of whoever calls. To understand one more form of expression, add it to {@link Expression}.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.python;

import org.jspecify.annotations.NullMarked;
