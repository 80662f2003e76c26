package dev.migrationledger.agent.sql.postgresql;

/** A text that is not read as SQL: the grammar does not have it, or it is too large for the parser. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 60;

    private final String detail;

    private Refused(String reason, String detail) {
        super(reason, null, false, false);
        this.detail = detail;
    }

    /** @param near the token at which reading ended */
    static Refused at(int line, String near) {
        String shown = near.length() > LONGEST ? near.substring(0, LONGEST - 1) + "…" : near;
        String detail = "line " + line + ", at '" + shown + "'";
        return new Refused("PostgreSQL's grammar does not have this: " + detail, detail);
    }

    /** @param reason a clause without a full stop */
    static Refused tooLarge(String reason) {
        return new Refused(reason, reason);
    }

    /** Why it is not read, a clause without a full stop. */
    String reason() {
        return String.valueOf(getMessage());
    }

    /** The same without what everybody who asks knows. */
    String detail() {
        return detail;
    }
}
