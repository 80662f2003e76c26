package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.contracts.audit.AuditPage.Through;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of the audit as a whole: how far it has come, and when. */
final class AuditIndex {

    /** Tokens with one beginning; more are not looked up one by one, because most blocks have one of so many. */
    private static final int MOST_TOKENS = 5_000;

    private final JdbcClient database;

    AuditIndex(JdbcClient database) {
        this.database = database;
    }

    /** Every event up to there has its entry. */
    Through through() {
        return database.sql("""
                select state.position,
                    (select recorded_at from ledger.audit_entry where position <= state.position
                        order by position desc limit 1),
                    greatest(0, (select coalesce(max(global_index), 0) from ledger.event) - state.position)
                from (select coalesce((select position from ledger.audit_state), 0) as position) state
                """)
                .query((row, _) -> new Through(row.getLong(1), instant(row.getTimestamp(2)), row.getLong(3)))
                .single();
    }

    /** When the first event from a position on was recorded; absent: there is none. */
    @Nullable
    Instant recordedFrom(long position) {
        return recorded("select recorded_at from ledger.audit_entry where position >= ? order by position limit 1",
                position);
    }

    /** When the last event up to a position was recorded; absent: there is none. */
    @Nullable
    Instant recordedTo(long position) {
        return recorded(
                "select recorded_at from ledger.audit_entry where position <= ? order by position desc limit 1",
                position);
    }

    private @Nullable Instant recorded(String statement, long position) {
        return database.sql(statement).param(position).query((row, _) -> row.getTimestamp(1).toInstant())
                .optional().orElse(null);
    }

    /** Whether so few tokens begin with a text that all can be looked up. */
    boolean isSelective(String beginning) {
        SqlCondition tokens = new SqlCondition("t");
        String statement = "select count(*) from (select from ledger.audit_block_token where %s limit %d) found"
                .formatted(QueryCompiler.beginning("token", beginning, tokens), MOST_TOKENS);
        return database.sql(statement).params(tokens.parameters()).query(Long.class).single() < MOST_TOKENS;
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
