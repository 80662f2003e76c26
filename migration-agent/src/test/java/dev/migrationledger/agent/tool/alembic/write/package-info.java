@NullMarked
package dev.migrationledger.agent.tool.alembic.write;

import org.jspecify.annotations.NullMarked;
