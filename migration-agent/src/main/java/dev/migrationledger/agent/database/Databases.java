package dev.migrationledger.agent.database;

import dev.migrationledger.agent.database.postgresql.PostgresDatabase;
import java.util.List;
import java.util.Map;

/** Every kind of database this agent can watch. */
public final class Databases {

    private static final List<Database> ALL = List.of(new PostgresDatabase());

    private Databases() {}

    public static List<Database> all() {
        return ALL;
    }

    /** The database that a URL leads to, as {@link Database#parse} reads it. */
    public static DatabaseUrl parse(String url, String origin, Map<String, String> environment) {
        // One kind so far, so there is nothing to tell apart.
        return ALL.getFirst().parse(url, origin, environment);
    }

    /** The server that a URL leads to, as {@link Database#scratchServer} opens it. */
    public static ScratchServer scratchServer(String url, String origin, Map<String, String> environment) {
        return ALL.getFirst().scratchServer(url, origin, environment);
    }
}
