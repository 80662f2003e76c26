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

    /** Who was heard last within these times counts as there now, for a database that asks about many. */
    Present present();

    /** Both ends belong to it. */
    record Present(Instant from, Instant until) {

        /** Everyone counts as there. PostgreSQL knows no moment as far away as Java does. */
        public static final Present ALWAYS = new Present(Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59Z"));
    }
}
