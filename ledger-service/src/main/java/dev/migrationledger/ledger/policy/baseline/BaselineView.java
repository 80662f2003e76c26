package dev.migrationledger.ledger.policy.baseline;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceExpired;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceGranted;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.policy.baseline.BaselineView.State;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.StoredJson;
import dev.migrationledger.ledger.recording.view.View;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The findings that each project accepts, in {@code ledger.accepted_finding}. */
public final class BaselineView implements View<StreamId.Project, State> {

    private final JdbcClient database;

    public BaselineView(JdbcClient database) {
        this.database = database;
    }

    /**
     * An acceptance that counts, or ended.
     *
     * @param at when it was recorded
     * @param expired whether its end by time is recorded
     */
    public record Acceptance(AcceptanceGranted granted, Instant at, boolean expired) {

        /** As judgements use it. */
        public AcceptedFinding finding() {
            return new AcceptedFinding(granted.environment(), granted.code(), granted.subject(), granted.severity(),
                    Set.copyOf(granted.facts()), granted.reason(), granted.owner(), granted.until());
        }
    }

    record State(StreamId.Project project, Map<UUID, Acceptance> acceptances) {}

    @Override
    public String name() {
        return "baseline";
    }

    @Override
    public int form() {
        return 2;
    }

    @Override
    public Optional<StreamId.Project> target(RecordedEvent event) {
        return event.event() instanceof PolicyEvent && StreamId.of(event) instanceof StreamId.Project project
                ? Optional.of(project)
                : Optional.empty();
    }

    @Override
    public State initial(StreamId.Project target) {
        return new State(target, Map.of());
    }

    @Override
    public State load(StreamId.Project target, List<RecordedEvent> events) {
        return new State(target, rows(target.project()));
    }

    @Override
    public State evolve(State state, Batch batch) {
        Map<UUID, Acceptance> known = new HashMap<>(state.acceptances);
        List<AcceptanceGranted> baseline = known.values().stream().map(Acceptance::granted).toList();
        for (RecordedEvent event : batch.events()) {
            if (event.event() instanceof PolicyEvent policy) {
                baseline = BaselineDecisions.evolve(baseline, policy);
            }
            if (event.event() instanceof AcceptanceGranted granted) {
                known.put(granted.acceptance(), new Acceptance(granted, event.recordedAt(), false));
            }
            if (event.event() instanceof AcceptanceExpired over) {
                known.computeIfPresent(over.acceptance(), (_, one) -> new Acceptance(one.granted(), one.at(), true));
            }
        }
        known.keySet().retainAll(baseline.stream().map(AcceptanceGranted::acceptance).toList());
        return new State(state.project, known);
    }

    @Override
    public void write(State before, State after) {
        Set<UUID> gone = new HashSet<>(before.acceptances.keySet());
        gone.removeAll(after.acceptances.keySet());
        gone.forEach(id -> database.sql("delete from ledger.accepted_finding where id = ?").param(id).update());
        after.acceptances.forEach((id, one) -> {
            if (!one.equals(before.acceptances.get(id))) {
                database.sql("""
                        insert into ledger.accepted_finding (id, project, environment, ends_at, ended, acceptance)
                        values (?, ?, ?, ?, ?, ?::json)
                        on conflict (id) do update set ended = excluded.ended, acceptance = excluded.acceptance
                        """)
                        .params(id, after.project.project(), one.granted().environment(),
                                Timestamp.from(one.granted().until()), one.expired(), StoredJson.write(one))
                        .update();
            }
        });
    }

    @Override
    public boolean isStored(State state) {
        return rows(state.project.project()).equals(state.acceptances);
    }

    @Override
    public void delete(StreamId.Project target) {
        database.sql("delete from ledger.accepted_finding where project = ?").param(target.project()).update();
    }

    @Override
    public Set<StreamId.Project> stored() {
        return database.sql("select distinct project from ledger.accepted_finding")
                .query((row, _) -> new StreamId.Project(row.getString(1))).set();
    }

    /** All that a project accepts. */
    public List<Acceptance> of(String project) {
        return List.copyOf(rows(project).values());
    }

    /** Likewise of one of its environments. */
    public List<Acceptance> of(String project, String environment) {
        return database.sql("select acceptance from ledger.accepted_finding where project = ? and environment = ?")
                .params(project, environment)
                .query((row, _) -> StoredJson.read(row.getString(1), Acceptance.class))
                .list();
    }

    /** By project, those whose time is over, whether or not an event says so already. */
    public Map<String, List<Acceptance>> ended(ProjectScope scope, Instant now) {
        Map<String, List<Acceptance>> ended = new TreeMap<>();
        database.sql("select project, acceptance from ledger.accepted_finding where ends_at <= :now and "
                + ProjectScope.IN_SCOPE)
                .param("now", Timestamp.from(now)).param("projects", scope.names())
                .query(row -> {
                    ended.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(StoredJson.read(row.getString(2), Acceptance.class));
                });
        return ended;
    }

    /** Where the time of an acceptance is over, and no event says so. */
    public Set<StreamId.Project> endedByTime(Instant now) {
        return database.sql("select distinct project from ledger.accepted_finding where not ended and ends_at <= ?")
                .param(Timestamp.from(now))
                .query((row, _) -> new StreamId.Project(row.getString(1))).set();
    }

    private Map<UUID, Acceptance> rows(String project) {
        Map<UUID, Acceptance> rows = new HashMap<>();
        database.sql("select id, acceptance from ledger.accepted_finding where project = ?").param(project)
                .query(row -> {
                    rows.put(row.getObject(1, UUID.class), StoredJson.read(row.getString(2), Acceptance.class));
                });
        return rows;
    }
}
