/**
 * Files of revisions as Alembic would write them, worked out and never run. Start with {@link
 * dev.migrationledger.agent.tool.alembic.write.MergeFile}, which is compared byte for byte with {@code alembic merge}, and {@link
 * dev.migrationledger.agent.tool.alembic.write.Reparented}, which changes the parents of a revision and nothing else in its file.
 * {@code RecomputedMerge} asks whether a file is what the first would write. Pure: {@code AlembicFiles} reads the files.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.write;

import org.jspecify.annotations.NullMarked;
