package dev.migrationledger.agent.database;

/** A database that was made to try something. */
public final class ScratchDatabase {

    private final String name;
    private final DatabaseUrl url;
    private final String urlText;

    /** @param urlText for a migration tool, in its own form, with the password if there is one */
    public ScratchDatabase(String name, DatabaseUrl url, String urlText) {
        this.name = name;
        this.url = url;
        this.urlText = urlText;
    }

    public String name() {
        return name;
    }

    public DatabaseUrl url() {
        return url;
    }

    /** For a migration tool, in its own form. It may have a password: it is shown nowhere. */
    public String urlText() {
        return urlText;
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
