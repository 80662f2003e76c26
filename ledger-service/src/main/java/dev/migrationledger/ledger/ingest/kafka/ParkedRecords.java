package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.kafka.ParkedEnvironment;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.recording.stream.StreamId.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Batches that were refused, and those that wait behind them, as they are stored. */
public final class ParkedRecords {

    /** An agent sends one batch at a time, so few wait. */
    private static final int MOST = 1_000;

    private final JdbcClient database;

    ParkedRecords(JdbcClient database) {
        this.database = database;
    }

    /** What a batch holds, as far as an older ledger can read it. */
    record Span(String agent, String epoch, long firstSequence) {}

    /**
     * One batch.
     *
     * @param body JSON, as it was signed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Parked(long id, Environment place, Span span, byte[] body, Ed25519Signature signature) {}

    /** In the order in which they came. */
    List<Parked> of(Environment place) {
        return database.sql("select * from ledger.parked_record where project = ? and environment = ? order by id")
                .params(place.project(), place.environment()).query(ParkedRecords::parked).list();
    }

    /** The one of an environment that came first. */
    Optional<Parked> first(Environment place) {
        return database
                .sql("select * from ledger.parked_record where project = ? and environment = ? order by id limit 1")
                .params(place.project(), place.environment()).query(ParkedRecords::parked).optional();
    }

    /** All environments with parked batches. */
    Set<Environment> places() {
        return Set.copyOf(database.sql("select distinct project, environment from ledger.parked_record")
                .query((row, _) -> place(row)).list());
    }

    /**
     * Stores a batch behind the others of its environment. One that is stored already stays where it is.
     *
     * @param problem absent: it only waits
     */
    void add(Environment place, Span span, byte[] body, Ed25519Signature signature, @Nullable Problem problem,
            Instant now) {
        database.sql(
                """
                        insert into ledger.parked_record (project, environment, agent, epoch, first_sequence, body, key, signature, code, detail, parked_at)
                        select :project, :environment, :agent, :epoch, :sequence, :body, :key, :signature, :code, :detail, :now
                        where (select count(*) from ledger.parked_record where project = :project and environment = :environment) < :most
                        on conflict do nothing
                        """)
                .param("project", place.project()).param("environment", place.environment())
                .param("agent", span.agent()).param("epoch", span.epoch()).param("sequence", span.firstSequence())
                .param("body", body).param("key", signature.key()).param("signature", signature.value())
                .param("code", problem == null ? null : problem.code())
                .param("detail", problem == null ? null : problem.detail())
                .param("now", Timestamp.from(now)).param("most", MOST).update();
    }

    void remove(long id) {
        database.sql("delete from ledger.parked_record where id = ?").param(id).update();
    }

    /** Notes why one is refused now. */
    void refused(long id, Problem problem) {
        database.sql("update ledger.parked_record set code = ?, detail = ? where id = ?")
                .params(problem.code(), problem.detail(), id).update();
    }

    /** All environments with parked batches, by name. */
    public List<ParkedEnvironment> waiting() {
        return database.sql(
                """
                        select distinct on (project, environment) project, environment, agent, first_sequence, code, detail,
                               min(parked_at) over place since, count(*) over place batches
                        from ledger.parked_record window place as (partition by project, environment)
                        order by project, environment, id
                        """)
                .query((row, _) -> new ParkedEnvironment(row.getString("project"), row.getString("environment"),
                        row.getString("agent"), row.getLong("first_sequence"), row.getInt("batches"),
                        row.getTimestamp("since").toInstant(), String.valueOf(row.getString("code")),
                        String.valueOf(row.getString("detail"))))
                .list();
    }

    /** Removes all of an environment. Until then, what is refused of it is not parked, and its agents keep it aside. */
    int refuse(Environment place, Instant until) {
        database.sql(
                """
                        insert into ledger.parked_refusal (project, environment, until) values (?, ?, ?)
                        on conflict (project, environment) do update set until = excluded.until
                        """)
                .params(place.project(), place.environment(), Timestamp.from(until)).update();
        return database.sql("delete from ledger.parked_record where project = ? and environment = ?")
                .params(place.project(), place.environment()).update();
    }

    /** Whether an administrator had batches of this environment refused for good. */
    boolean refuses(Environment place, Instant now) {
        return database.sql(
                "select exists (select 1 from ledger.parked_refusal where project = ? and environment = ? and until > ?)")
                .params(place.project(), place.environment(), Timestamp.from(now)).query(Boolean.class).single();
    }

    private static Parked parked(ResultSet row, int number) throws SQLException {
        return new Parked(row.getLong("id"), place(row),
                new Span(row.getString("agent"), row.getString("epoch"), row.getLong("first_sequence")),
                row.getBytes("body"), new Ed25519Signature(row.getString("key"), row.getString("signature")));
    }

    private static Environment place(ResultSet row) throws SQLException {
        return new Environment(row.getString("project"), row.getString("environment"));
    }
}
