package dev.migrationledger.agent.database;

import java.util.Map;

/** A kind of database that this agent can watch, by its URLs. */
public interface Database {

    /**
     * Reads a URL in any form that users of this database write; fails with wrong usage if it is not a URL.
     *
     * @param origin where the text was given, for messages: {@code --database}, {@code DATABASE_URL} …
     * @param environment variables of the process, which may stand in for what the text leaves out
     */
    DatabaseUrl parse(String url, String origin, Map<String, String> environment);

    /**
     * Opens the server of a URL to make databases on it that are thrown away. The URL names an empty database that no one watches, in which
     * nothing is changed; fails with wrong usage if it cannot be one, or is in use.
     *
     * @param origin where the text was given, for messages
     * @param environment variables of the process, which may stand in for what the text leaves out
     */
    ScratchServer scratchServer(String url, String origin, Map<String, String> environment);
}
