package dev.migrationledger.agent.database;

/**
 * A server on which databases are made and thrown away. The database by which it is reached is only asked whether it is empty. Each method
 * fails with a {@code CommandFailure} that says what is missing.
 */
public interface ScratchServer extends AutoCloseable {

    /** The product and its version, such as {@code PostgreSQL 18.1}. */
    String product();

    /**
     * A new empty database.
     *
     * @param purpose a word of its name
     */
    ScratchDatabase create(String purpose);

    /** A new database with all that is in another one of this server. */
    ScratchDatabase copy(ScratchDatabase of, String purpose);

    /** Makes a version table with one row, as a migration tool finds it. */
    void stamp(ScratchDatabase database, VersionTableName table, String row);

    /** Removes a database of this server, and ends the sessions in it. */
    void drop(ScratchDatabase database);

    /** Removes all databases that were made. May be called while another thread uses the server, which then fails. */
    @Override
    void close();
}
