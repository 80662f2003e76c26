package dev.migrationledger.contracts.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who changed a database, with which statement, and what it touched.
 *
 * @param actor absent where nobody saw who it was
 * @param statement as the server received it, shortened to 2,000 characters; absent where nobody saw it
 * @param objects what was created, altered or dropped, as far as it could be named
 */
public record Attribution(
        @Nullable Actor actor, @Nullable String statement, List<TouchedObject> objects) {
    public Attribution {
        objects = List.copyOf(objects);
    }

    /**
     * A database session, as the server saw it.
     *
     * @param user who logged in ({@code session_user})
     * @param applicationName as the client calls itself; absent where it says nothing
     * @param clientAddress absent for a connection through a local socket
     * @param pid the server's process
     * @param transaction the server's number of the transaction, for good unique in a cluster ({@code xid8})
     */
    public record Actor(
            String user,
            @Nullable String applicationName,
            @Nullable String clientAddress,
            int pid,
            String transaction) {

        /** Of a run's id, enough for people. */
        private static final int RUN_SHOWN = 8;

        /** For people: {@code deploy via psql from 10.0.0.7}, or {@code deploy via run 4f2a91c0} for a session of a run. */
        public String inWords() {
            return user
                    + (applicationName == null || applicationName.isBlank() ? "" : " via " + program(applicationName))
                    + (clientAddress == null ? "" : " from " + clientAddress);
        }

        private static String program(String applicationName) {
            return RunClaim.runOf(applicationName)
                    .map(run -> "run " + run.toString().substring(0, RUN_SHOWN)).orElse(applicationName);
        }
    }

    /**
     * An object that was touched.
     *
     * @param kind as PostgreSQL calls it, such as {@code table column}
     * @param name as PostgreSQL writes it, such as {@code public.events.extra_data}
     */
    public record TouchedObject(Touch touch, String kind, String name) {}

    public enum Touch {
        CREATED,
        ALTERED,
        DROPPED
    }
}
