package dev.migrationledger.ledger.view;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Which agents are still there: what no event says. */
public interface Liveness {

    /** By environment and agent, the last heartbeats of a project's environments. */
    Map<String, Map<String, Instant>> heartbeats(String project, Collection<String> environments);

    /** Whether an agent that was heard last then still counts as there. */
    boolean isPresent(Instant heardAt);
}
