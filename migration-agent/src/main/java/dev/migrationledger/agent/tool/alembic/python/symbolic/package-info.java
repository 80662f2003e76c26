/**
 * Follows Python without running it: literals are computed, names of the same file looked up, its functions and literal loops
 * followed; whatever comes from elsewhere stays a symbol. Start with {@link
 * dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol}.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.python.symbolic;

import org.jspecify.annotations.NullMarked;
