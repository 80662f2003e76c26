package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.inference.RevisionFootprints;
import dev.migrationledger.agent.publish.PublishedScripts;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.List;
import java.util.function.Supplier;

/**
 * A history with what is worked out from it once.
 *
 * @param published what a ledger is to know of it
 * @param footprints asked of few revisions, those that were just seen to move
 * @param files the scripts' files, read by each call
 * @param authors of those files, asked by each call
 */
public record ScriptsReading(
        History history, RevisionGraph graph, PublishedScripts published, RevisionFootprints footprints,
        Supplier<List<RevisionFile>> files, Supplier<List<RevisionAuthors>> authors) {}
