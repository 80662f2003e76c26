package dev.migrationledger.ledger.identity.agents;

import dev.migrationledger.contracts.identity.KeyState;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which states of a key were noted, and so whether two hold it. Each holder replaces the state by a random one: after a key was copied, one
 * of two holders comes with a state that the other has replaced. States are no events: there is one an hour for each agent.
 */
public final class KeyStates {

    /** A holder that does not renew its key could stay unnoticed beside another one. */
    static final Duration LONGEST = Duration.ofDays(1);

    /** Of one key, six weeks for an agent that never rests: a renewal that arrives so much later is taken for another holder's. */
    static final int KEPT = 1_000;

    private final JdbcClient database;

    public KeyStates(JdbcClient database) {
        this.database = database;
    }

    /** What came of a renewal. */
    public sealed interface Renewal {

        /** The next state is noted, now or before. */
        record Noted() implements Renewal {}

        /**
         * Another holder has replaced the state.
         *
         * @param noted number of the newest state
         */
        record Copied(long noted) implements Renewal {}
    }

    private record Noted(long ordinal, long number, String digest, Instant at) {}

    /**
     * Whether a request comes from who renewed the key last. The state before the newest counts, too: another command of the same holder
     * may have renewed the key meanwhile.
     *
     * @param since when the key was enrolled or reinstated: states from before say nothing
     */
    public boolean isCurrent(String key, String state, Instant since, Instant now) {
        List<Noted> newest = newest(key, 2);
        return !newest.isEmpty() && now.isBefore(newest.getFirst().at().plus(LONGEST))
                && newest.stream().filter(noted -> !noted.at().isBefore(since))
                        .anyMatch(noted -> isDigest(noted, state));
    }

    private static boolean isDigest(Noted noted, String state) {
        try {
            return noted.digest().equals(KeyState.parse(state).digest());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Notes the next state of a key. A renewal that arrives again changes nothing, so an answer may be lost. A state with a higher number than
     * any that is noted is of a ledger that was restored from a backup.
     */
    public Renewal renew(String key, KeyState shown, KeyState next, Instant since, Instant now) {
        while (true) {
            List<Noted> newest = newest(key, 1);
            Noted last = newest.isEmpty() ? new Noted(0, -1, "", Instant.MIN) : newest.getFirst();
            if (!last.at().isBefore(since)) {
                if (isNoted(key, next)) {
                    return new Renewal.Noted();
                }
                if (shown.number() <= last.number() && !shown.digest().equals(last.digest())) {
                    return new Renewal.Copied(last.number());
                }
            }
            // With a clock that was set back, it would be from before.
            if (note(key, last.ordinal() + 1, next, now.isBefore(since) ? since : now)) {
                return new Renewal.Noted();
            }
        }
    }

    private List<Noted> newest(String key, int most) {
        return database.sql("select ordinal, number, digest, noted_at from ledger.key_state where key = ?"
                + " order by ordinal desc limit ?")
                .params(key, most)
                .query((row, _) -> new Noted(row.getLong(1), row.getLong(2), row.getString(3),
                        row.getTimestamp(4).toInstant()))
                .list();
    }

    private boolean isNoted(String key, KeyState next) {
        return database.sql("select exists (select from ledger.key_state where key = ? and digest = ?)")
                .params(key, next.digest()).query(Boolean.class).single();
    }

    /** Whether it is noted; not, if another renewal came first. */
    private boolean note(String key, long ordinal, KeyState next, Instant now) {
        boolean noted = database.sql("insert into ledger.key_state (key, ordinal, number, digest, noted_at)"
                + " values (?, ?, ?, ?, ?) on conflict do nothing")
                .params(key, ordinal, next.number(), next.digest(), Timestamp.from(now)).update() == 1;
        database.sql("delete from ledger.key_state where key = ? and ordinal <= ?").params(key, ordinal - KEPT)
                .update();
        return noted;
    }
}
