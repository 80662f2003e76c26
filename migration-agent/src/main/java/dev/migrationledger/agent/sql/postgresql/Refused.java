package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.contracts.unread.SqlReason;
import dev.migrationledger.contracts.unread.SqlReason.NotInGrammar;

/** A text that is not read as SQL: the grammar does not have it, or it is too large for the parser. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 60;

    private final transient SqlReason reason;

    Refused(SqlReason reason) {
        super(null, null, false, false);
        this.reason = reason;
    }

    /** @param near the token at which reading ended */
    static Refused at(int line, String near) {
        return new Refused(
                new NotInGrammar(line, near.length() > LONGEST ? near.substring(0, LONGEST - 1) + "…" : near));
    }

    SqlReason reason() {
        return reason;
    }
}
