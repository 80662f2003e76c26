@NullMarked
package dev.migrationledger.agent.tool.alembic.mako;

import org.jspecify.annotations.NullMarked;
