package dev.migrationledger.agent.database;

import java.util.Map;

/** A kind of database that this agent can watch, by its URLs. */
public interface Database {

    /**
     * Reads a URL in any form that users of this database write; fails with wrong usage if it is none.
     *
     * @param origin where the text was given, for messages: {@code --database}, {@code DATABASE_URL} …
     * @param environment variables of the process, which may stand in for what the text leaves out
     */
    DatabaseUrl parse(String url, String origin, Map<String, String> environment);
}
