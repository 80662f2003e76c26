package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.inference.RevisionFootprints;
import dev.migrationledger.core.graph.RevisionGraph;

/**
 * What captured changes are judged by.
 *
 * @param table the version table with its schema, as in {@code public.alembic_version}
 * @param eventTriggers whether schema changes are seen in whichever transaction they are made
 */
public record ReplayContext(RevisionGraph graph, RevisionFootprints footprints, String table, boolean eventTriggers) {}
