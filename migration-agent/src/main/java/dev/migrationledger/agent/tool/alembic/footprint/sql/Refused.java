package dev.migrationledger.agent.tool.alembic.footprint.sql;

/** A text that PostgreSQL's grammar does not have. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param near the token at which reading ended */
    Refused(int line, String near) {
        super("line " + line + ", at '" + near + "'", null, false, false);
    }
}
