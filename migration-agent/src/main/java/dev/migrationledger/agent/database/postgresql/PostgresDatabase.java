package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.Database;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.ScratchServer;
import java.util.Map;

/** PostgreSQL. */
public final class PostgresDatabase implements Database {

    @Override
    public DatabaseUrl parse(String url, String origin, Map<String, String> environment) {
        return PostgresUrl.parse(url, origin, environment);
    }

    @Override
    public ScratchServer scratchServer(String url, String origin, Map<String, String> environment) {
        return PostgresScratchServer.open(PostgresUrl.parse(url, origin, environment), url.strip());
    }
}
