package dev.migrationledger.agent.history;

import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.List;

/**
 * What {@code heads}, {@code history} and {@code show} answer: its components are the fields of {@code --output json}.
 *
 * @param source as the operator named it
 * @param revisions those that were asked for
 * @param heads of the whole history: revisions without a child
 * @param realHeads heads that nothing depends on either
 * @param problems of the whole history
 */
record HistoryAnswer(
        String tool,
        String source,
        List<ShownRevision> revisions,
        List<String> heads,
        List<String> realHeads,
        List<Finding> problems) {}
