package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.StoredJson;
import dev.migrationledger.ledger.recording.view.View;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every deploy that was asked for and every override, in {@code ledger.deploy} and {@code ledger.gate_override}. */
public final class DeploysView implements View<StreamId.Deploys, DeploysView.State> {

    /**
     * The condition of overrides that are open, or under which deploys ran that no person has looked at. It begins as that of an index, with the parameter
     * {@code now} behind it.
     */
    public static final String UNSETTLED = """
            facts ->> 'reviewedAt' is null
            and (json_array_length(facts -> 'deploys') > 0 or facts ->> 'closedAt' is null)
            and (json_array_length(facts -> 'deploys') > 0 or (facts ->> 'until')::timestamptz > :now)""";

    private final JdbcClient database;

    DeploysView(JdbcClient database) {
        this.database = database;
    }

    /** What some events concern. */
    public record State(
            StreamId.Deploys target, Map<UUID, DeployRecord> deploys, Map<UUID, GateOverride> overrides) {
        public State {
            deploys = Map.copyOf(deploys);
            overrides = Map.copyOf(overrides);
        }
    }

    @Override
    public String name() {
        return "deploys";
    }

    @Override
    public int form() {
        return 4;
    }

    @Override
    public Optional<StreamId.Deploys> target(RecordedEvent event) {
        return StreamId.of(event) instanceof StreamId.Deploys deploys ? Optional.of(deploys) : Optional.empty();
    }

    @Override
    public State initial(StreamId.Deploys target) {
        return new State(target, Map.of(), Map.of());
    }

    @Override
    public State load(StreamId.Deploys target, List<RecordedEvent> events) {
        Map<UUID, DeployRecord> deploys = new TreeMap<>();
        Map<UUID, GateOverride> overrides = new TreeMap<>();
        events.forEach(event -> {
            switch ((GateEvent) event.event()) {
                case DeployAllowed allowed -> {
                    if (allowed.override() != null) {
                        override(target, allowed.override()).ifPresent(it -> overrides.put(it.override(), it));
                    }
                }
                case DeployBlocked _,DeployDecidedLocally _,OverrideOpened _ -> {
                }
                case DeployApproved it -> deploy(target, it.deploy()).ifPresent(
                        one -> deploys.put(one.deploy(), one));
                case DeployEnded ended -> deploy(target, ended.deploy()).ifPresent(it -> deploys.put(it.deploy(), it));
                case OverrideClosed it -> override(target, it.override()).ifPresent(
                        one -> overrides.put(one.override(), one));
                case OverrideReviewed it -> override(target, it.override()).ifPresent(
                        one -> overrides.put(one.override(), one));
            }
        });
        return new State(target, deploys, overrides);
    }

    @Override
    public State evolve(State state, Batch batch) {
        Map<UUID, DeployRecord> deploys = new TreeMap<>(state.deploys);
        Map<UUID, GateOverride> overrides = new TreeMap<>(state.overrides);
        for (RecordedEvent event : batch.events()) {
            Instant at = event.recordedAt();
            switch ((GateEvent) event.event()) {
                case DeployAllowed it -> {
                    deploys.put(it.deploy(), record(state.target, it, Decision.ALLOWED, at, it.expiresAt(),
                            it.override()));
                    if (it.override() != null) {
                        overrides.computeIfPresent(it.override(), (_, one) -> one.used(it.deploy()));
                    }
                }
                case DeployBlocked it ->
                    deploys.put(it.deploy(), record(state.target, it, Decision.BLOCKED, at, null, null));
                case DeployDecidedLocally it -> deploys.put(it.deploy(), new DeployRecord(it.deploy(),
                        state.target.project(), state.target.environment(),
                        it.allowed() ? Decision.ALLOWED : Decision.BLOCKED, it.asked(), it.reasons(),
                        it.policyVersion(), null, it.policyAt(), it.decidedAt(), null, null, List.of(), List.of(), null,
                        null));
                case DeployApproved it ->
                    deploys.computeIfPresent(it.deploy(), (_, one) -> one.approved(it.by(), it.comment()));
                case DeployEnded it ->
                    deploys.computeIfPresent(it.deploy(), (_, one) -> one.ended(at, it.exitCode()));
                case OverrideOpened it -> overrides.put(it.override(), new GateOverride(it.override(),
                        state.target.project(), state.target.environment(), it.by(), it.reason(), at, it.until(), null,
                        null, null, List.of(), null, null, null));
                // Closed by time, it ended when it said, however late that was recorded.
                case OverrideClosed it -> overrides.computeIfPresent(it.override(),
                        (_, one) -> one.closed(it.by() == null ? one.until() : at, it.by(), it.comment()));
                case OverrideReviewed it ->
                    overrides.computeIfPresent(it.override(), (_, one) -> one.reviewed(at, it.by(), it.remark()));
            }
        }
        return new State(state.target, deploys, overrides);
    }

    private static DeployRecord record(
            StreamId.Deploys target, DeployAnswered it, Decision decision, Instant at, @Nullable Instant expiresAt,
            @Nullable UUID override) {
        return new DeployRecord(it.deploy(), target.project(), target.environment(), decision, it.asked(),
                it.reasons(), it.policyVersion(), it.circumstances(), null, at, expiresAt, override, List.of(),
                List.of(),
                null, null);
    }

    @Override
    public void write(State before, State after) {
        after.deploys.values().forEach(it -> database.sql("""
                insert into ledger.deploy (project, environment, id, decided_at, facts) values (?, ?, ?, ?, ?::json)
                on conflict (project, environment, id) do update
                set decided_at = excluded.decided_at, facts = excluded.facts
                """)
                .params(it.project(), it.environment(), it.deploy(), Timestamp.from(it.decidedAt()),
                        StoredJson.write(it))
                .update());
        after.overrides.values().forEach(it -> database.sql("""
                insert into ledger.gate_override (project, environment, id, opened_at, closes_at, facts)
                values (:project, :environment, :id, :openedAt, :closesAt, :facts::json)
                on conflict (project, environment, id) do update
                set closes_at = excluded.closes_at, facts = excluded.facts
                """)
                .param("project", it.project()).param("environment", it.environment()).param("id", it.override())
                .param("openedAt", Timestamp.from(it.openedAt())).param("closesAt", closesAt(it))
                .param("facts", StoredJson.write(it))
                .update());
    }

    /** When its time is over, if that is still to be recorded. */
    private static @Nullable Timestamp closesAt(GateOverride it) {
        return it.closedAt() == null && it.reviewedAt() == null ? Timestamp.from(it.until()) : null;
    }

    @Override
    public boolean isStored(State state) {
        return all("deploy", state.target, DeployRecord.class).toList()
                .equals(state.deploys.values().stream()
                        .sorted(Comparator.comparing(DeployRecord::deploy)).toList())
                && all("gate_override", state.target, GateOverride.class).toList()
                        .equals(state.overrides.values().stream()
                                .sorted(Comparator.comparing(GateOverride::override)).toList());
    }

    @Override
    public void delete(StreamId.Deploys target) {
        for (String table : List.of("deploy", "gate_override")) {
            database.sql("delete from ledger." + table + " where project = ? and environment = ?")
                    .params(target.project(), target.environment()).update();
        }
    }

    @Override
    public Set<StreamId.Deploys> stored() {
        return new LinkedHashSet<>(database.sql("select project, environment from ledger.deploy"
                + " union select project, environment from ledger.gate_override order by 1, 2")
                .query((row, _) -> new StreamId.Deploys(row.getString(1), row.getString(2))).list());
    }

    /** The newest first; one more than the limit where there are more. */
    List<DeployRecord> deploys(String project, String environment, @Nullable UUID after, int limit) {
        return database.sql("""
                select facts from ledger.deploy d where project = :project and environment = :environment
                and (:after::uuid is null or (decided_at, id) < (select decided_at, id from ledger.deploy last
                    where last.project = d.project and last.environment = d.environment and last.id = :after::uuid))
                order by decided_at desc, id desc limit :limit
                """)
                .param("project", project).param("environment", environment).param("after", after)
                .param("limit", limit + 1)
                .query((row, _) -> StoredJson.read(row.getString(1), DeployRecord.class)).list();
    }

    /** Of one environment, those that were decided by then, the newest first. */
    public List<DeployRecord> deploys(String project, String environment, Instant until, int limit) {
        return database.sql("select facts from ledger.deploy where project = ? and environment = ? and decided_at <= ?"
                + " order by decided_at desc, id desc limit ?")
                .params(project, environment, Timestamp.from(until), limit)
                .query((row, _) -> StoredJson.read(row.getString(1), DeployRecord.class)).list();
    }

    /** Of a project, the newest first. */
    public List<DeployRecord> deploys(String project, Instant from, int limit) {
        return database.sql("select facts from ledger.deploy where project = ? and decided_at >= ?"
                + " order by decided_at desc, id desc limit ?")
                .params(project, Timestamp.from(from), limit)
                .query((row, _) -> StoredJson.read(row.getString(1), DeployRecord.class)).list();
    }

    /** All of a project. */
    public List<GateOverride> overrides(String project) {
        return database.sql("select facts from ledger.gate_override where project = ?").param(project)
                .query((row, _) -> StoredJson.read(row.getString(1), GateOverride.class)).list();
    }

    /** Of one environment, the newest first. */
    List<GateOverride> overrides(String project, String environment) {
        return database.sql("select facts from ledger.gate_override where project = ? and environment = ?"
                + " order by opened_at desc, id desc")
                .params(project, environment)
                .query((row, _) -> StoredJson.read(row.getString(1), GateOverride.class)).list();
    }

    /** Of one environment, those that were opened by then, the newest first. */
    public List<GateOverride> overrides(String project, String environment, Instant until, int limit) {
        return database.sql("select facts from ledger.gate_override where project = ? and environment = ?"
                + " and opened_at <= ? order by opened_at desc, id desc limit ?")
                .params(project, environment, Timestamp.from(until), limit)
                .query((row, _) -> StoredJson.read(row.getString(1), GateOverride.class)).list();
    }

    /**
     * Overrides that are open, or under which deploys ran that no person has looked at; the newest first.
     *
     * @param limit how many at most
     */
    public List<GateOverride> unsettled(ProjectScope scope, Instant now, int limit) {
        return database.sql("select facts from ledger.gate_override where " + UNSETTLED + " and "
                + ProjectScope.IN_SCOPE + " order by opened_at desc, id desc limit :limit")
                .param("now", Timestamp.from(now)).param("projects", scope.names()).param("limit", limit)
                .query((row, _) -> StoredJson.read(row.getString(1), GateOverride.class)).list();
    }

    /** Where the time of an override is over, and no event says that it is closed. */
    Set<StreamId.Deploys> endedByTime(Instant now) {
        return database.sql("select distinct project, environment from ledger.gate_override where closes_at <= ?")
                .param(Timestamp.from(now))
                .query((row, _) -> new StreamId.Deploys(row.getString(1), row.getString(2))).set();
    }

    private Optional<DeployRecord> deploy(StreamId.Deploys target, UUID id) {
        return one("deploy", target, id).map(facts -> StoredJson.read(facts, DeployRecord.class));
    }

    private Optional<GateOverride> override(StreamId.Deploys target, UUID id) {
        return one("gate_override", target, id).map(facts -> StoredJson.read(facts, GateOverride.class));
    }

    /** The deploy with this id; empty if no one asked for it. */
    Optional<DeployRecord> deploy(String project, String environment, UUID id) {
        return deploy(new StreamId.Deploys(project, environment), id);
    }

    /** The override with this id; empty if the environment has none. */
    Optional<GateOverride> override(String project, String environment, UUID id) {
        return override(new StreamId.Deploys(project, environment), id);
    }

    private Optional<String> one(String table, StreamId.Deploys target, UUID id) {
        return database.sql("select facts from ledger." + table
                + " where project = ? and environment = ? and id = ?")
                .params(target.project(), target.environment(), id).query(String.class).optional();
    }

    private <T> Stream<T> all(String table, StreamId.Deploys target, Class<T> type) {
        return database.sql("select facts from ledger." + table
                + " where project = ? and environment = ? order by id")
                .params(target.project(), target.environment())
                .query((row, _) -> StoredJson.read(row.getString(1), type)).list().stream();
    }
}
