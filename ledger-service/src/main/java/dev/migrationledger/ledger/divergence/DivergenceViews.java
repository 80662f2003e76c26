package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceEvent;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRevived;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.rules.RootCause;
import dev.migrationledger.ledger.environment.FindingFacts;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.View;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every divergence that was ever detected, in PostgreSQL. Written in the transaction that records its events. */
public final class DivergenceViews implements View<StreamId.Environment, DivergenceViews.State> {

    /** Joins what an open divergence lacks: when its environment was observed last. */
    private static final String SELECT = """
            select coalesce(d.current_words, d.divergence), v.list_item -> 'summary' ->> 'observedAt'
            from ledger.divergence_view d left join ledger.environment_view v using (project, environment)
            """;

    /** Codes between blanks, for PostgreSQL. */
    private static final String READING_ORDER = RootCause.READING_ORDER.stream().map(DivergenceCode::code)
            .collect(Collectors.joining(" "));

    private final JdbcClient database;

    DivergenceViews(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param divergences those of the environment that events concern, by id
     * @param revived whether it was retired and is used again: its divergences were closed, so what is found has to be recorded again
     */
    record State(StreamId.Environment environment, Map<UUID, Divergence> divergences, boolean revived) {}

    @Override
    public String name() {
        return "divergence";
    }

    @Override
    public int form() {
        return 4;
    }

    @Override
    public Optional<StreamId.Environment> target(RecordedEvent event) {
        return event.event() instanceof EnvironmentRevived || event.event() instanceof DivergenceEvent
                ? StreamId.environment(event)
                : Optional.empty();
    }

    @Override
    public State initial(StreamId.Environment target) {
        return new State(target, Map.of(), false);
    }

    @Override
    public State load(StreamId.Environment target, List<RecordedEvent> events) {
        Map<UUID, Divergence> divergences = new TreeMap<>();
        events.forEach(event -> DivergenceFold.concerns(event)
                .flatMap(this::find)
                .ifPresent(one -> divergences.put(one.id(), one)));
        return new State(target, divergences, false);
    }

    @Override
    public State evolve(State before, Batch batch) {
        Map<UUID, Divergence> divergences = new TreeMap<>(before.divergences);
        boolean revived = before.revived;
        for (RecordedEvent event : batch.events()) {
            revived |= event.event() instanceof EnvironmentRevived;
            DivergenceFold.concerns(event)
                    .ifPresent(id -> divergences.compute(id, (_, one) -> DivergenceFold.evolve(one, event)));
        }
        return new State(before.environment, divergences, revived);
    }

    @Override
    public void write(State before, State after) {
        if (after.revived) {
            database.sql("delete from ledger.evaluation_checkpoint where project = ? and environment = ?")
                    .params(after.environment.project(), after.environment.environment())
                    .update();
        }
        after.divergences.forEach((id, one) -> {
            if (!one.equals(before.divergences.get(id))) {
                write(one);
            }
        });
    }

    @Override
    public boolean isStored(State all) {
        return rows(all.environment).equals(all.divergences);
    }

    @Override
    public void delete(StreamId.Environment target) {
        database.sql("delete from ledger.divergence_view where project = ? and environment = ?")
                .params(target.project(), target.environment())
                .update();
    }

    @Override
    public Set<StreamId.Environment> stored() {
        return new LinkedHashSet<>(
                database.sql("select distinct project, environment from ledger.divergence_view order by 1, 2")
                        .query((row, _) -> StreamId.of(row.getString(1), row.getString(2)))
                        .list());
    }

    /** As it was recorded last; empty if it never was. */
    public Optional<Divergence> find(UUID id) {
        return database.sql("select divergence from ledger.divergence_view where id = ?")
                .param(id)
                .query((row, _) -> read(row.getString(1)))
                .optional();
    }

    /** By id, some as they are now. */
    public Map<UUID, Divergence> findAll(Collection<UUID> ids) {
        Map<UUID, Divergence> found = new HashMap<>();
        database.sql(SELECT + "where d.id = any(:ids)").param("ids", ids.toArray(UUID[]::new))
                .query(DivergenceViews::divergence).list().forEach(one -> found.put(one.id(), one));
        return found;
    }

    private void write(Divergence one) {
        database.sql("""
                insert into ledger.divergence_view
                    (id, project, environment, code, severity, first_seen, resolved_at, divergence)
                values (?, ?, ?, ?, ?, ?, ?, ?::json)
                on conflict (id) do update set severity = excluded.severity, resolved_at = excluded.resolved_at,
                    divergence = excluded.divergence, current_words = null
                """)
                .param(one.id())
                .param(one.project())
                .param(one.environment())
                .param(one.code().code())
                .param(written(one.severity()))
                .param(Timestamp.from(one.firstSeen()))
                .param(time(one.resolvedAt()))
                .param(json(one))
                .update();
    }

    /**
     * Keeps what is said of open divergences now, where it is said in other words than an older ledger recorded.
     *
     * @param findings of the last evaluation
     */
    void reword(String project, String environment, List<Finding> findings) {
        Map<String, Finding> found = findings.stream().collect(Collectors.toMap(
                one -> FindingFacts.key(one.code(), one.subject()), Function.identity(), (first, _) -> first));
        Map<UUID, Optional<Divergence>> reworded = new LinkedHashMap<>();
        database.sql("""
                select divergence, current_words from ledger.divergence_view
                where project = ? and environment = ? and resolved_at is null
                """)
                .params(project, environment)
                .query(row -> {
                    Divergence recorded = read(row.getString(1));
                    Finding finding = found.get(FindingFacts.key(recorded.code(), recorded.subject()));
                    Optional<Divergence> before = Optional.ofNullable(row.getString(2)).map(DivergenceViews::read);
                    Optional<Divergence> now = Optional.ofNullable(finding)
                            .map(one -> DivergenceFold.reworded(recorded, one))
                            .filter(one -> !one.equals(recorded));
                    if (finding != null && !now.equals(before)) {
                        reworded.put(recorded.id(), now);
                    }
                });
        reworded.forEach((id, now) -> database
                .sql("update ledger.divergence_view set current_words = :now::json where id = :id")
                .param("now", now.map(DivergenceViews::json).orElse(null))
                .param("id", id)
                .update());
    }

    /** Those of the projects in the scope, the newest first; one more than the limit where there are more. */
    List<Divergence> find(DivergenceFilter filter, ProjectScope scope) {
        StringBuilder sql = new StringBuilder("select * from ledger.divergence_view d where true");
        Map<String, Object> parameters = new LinkedHashMap<>();
        where(sql, parameters, "d.project =", "project", filter.project());
        if (scope.names() != null) {
            sql.append(" and d.project = any(:projects)");
            parameters.put("projects", scope.names());
        }
        where(sql, parameters, "d.environment =", "environment", filter.environment());
        where(sql, parameters, "d.first_seen <=", "until", time(filter.until()));
        if (!filter.codes().isEmpty()) {
            sql.append(" and d.code in (:codes)");
            parameters.put("codes", filter.codes().stream().map(DivergenceCode::code).toList());
        }
        if (!filter.severities().isEmpty()) {
            sql.append(" and d.severity in (:severities)");
            parameters.put("severities", filter.severities().stream().map(DivergenceViews::written).toList());
        }
        if (filter.open() != null) {
            sql.append(" and d.resolved_at is ").append(filter.open() ? "null" : "not null");
        }
        if (filter.since() != null) {
            sql.append(" and (d.resolved_at is null or d.resolved_at >= :since)");
            parameters.put("since", Timestamp.from(filter.since()));
        }
        if (filter.after() != null) {
            sql.append(" and (d.first_seen, d.id) <"
                    + " (select last.first_seen, last.id from ledger.divergence_view last where last.id = :after)");
            parameters.put("after", filter.after());
        }
        sql.append(" order by d.first_seen desc, d.id desc limit :limit");
        parameters.put("limit", filter.limit() + 1);
        // Join only the page, not every divergence.
        return database.sql(SELECT.replace("ledger.divergence_view", "(" + sql + ")")
                + " order by d.first_seen desc, d.id desc")
                .params(parameters)
                .query(DivergenceViews::divergence)
                .list();
    }

    /**
     * The open divergences of some environments.
     *
     * @param at as things were then, by what is known today; absent: now
     */
    public List<Divergence> openIn(String project, List<String> environments, @Nullable Instant at) {
        Map<String, Object> parameters = new LinkedHashMap<>(
                Map.of("project", project, "environments", environments));
        StringBuilder sql = new StringBuilder(SELECT)
                .append("where d.project = :project and d.environment in (:environments)");
        if (at == null) {
            sql.append(" and d.resolved_at is null");
        } else {
            sql.append(" and d.first_seen <= :at and (d.resolved_at is null or d.resolved_at > :at)");
            parameters.put("at", Timestamp.from(at));
        }
        return database.sql(sql.toString()).params(parameters).query(DivergenceViews::divergence).list();
    }

    private static void where(
            StringBuilder sql, Map<String, Object> parameters, String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition).append(" :").append(name);
            parameters.put(name, value);
        }
    }

    /**
     * What matters most of what is open in an environment.
     *
     * @param first errors first, then in the order of {@link RootCause#READING_ORDER}
     * @param all how many are open
     */
    public record FirstOpen(List<Divergence> first, int all) {}

    /** By environment, for those of a project in which anything is open. */
    public Map<String, FirstOpen> firstOpen(String project, List<String> environments, int each) {
        Map<String, List<Divergence>> first = new LinkedHashMap<>();
        Map<String, Integer> all = new HashMap<>();
        database.sql(
                """
                        select divergence, observed_at, all_open from (
                            select coalesce(d.current_words, d.divergence) as divergence, v.list_item -> 'summary' ->> 'observedAt' as observed_at,
                                count(*) over (partition by d.environment)::int as all_open,
                                row_number() over (partition by d.environment
                                    order by array_position(array['error', 'warning', 'info'], d.severity), array_position(string_to_array(:codes, ' '), d.code), d.id) as place
                            from ledger.divergence_view d left join ledger.environment_view v using (project, environment)
                            where d.resolved_at is null and d.project = :project and d.environment in (:environments)
                        ) as ranked where place <= :each
                        """)
                .param("project", project)
                .param("environments", environments)
                .param("each", each)
                .param("codes", READING_ORDER)
                .query(row -> {
                    Divergence one = divergence(row, 0);
                    first.computeIfAbsent(one.environment(), _ -> new ArrayList<>()).add(one);
                    all.put(one.environment(), row.getInt(3));
                });
        Map<String, FirstOpen> open = new LinkedHashMap<>();
        first.forEach((environment, found) -> {
            found.sort(Comparator.comparing(Divergence::severity)
                    .thenComparingInt(one -> RootCause.READING_ORDER.indexOf(one.code()))
                    .thenComparing(Divergence::subject));
            open.put(environment, new FirstOpen(List.copyOf(found), all.getOrDefault(environment, found.size())));
        });
        return open;
    }

    /**
     * What matters most of what is open, each kind once for each project.
     *
     * @param first the one that was found first
     * @param environments in how many environments of the project it is open
     */
    public record Worst(Divergence first, int environments) {}

    /** Errors first, then in the order of {@link RootCause#READING_ORDER}, without what is only information. */
    public List<Worst> worst(ProjectScope scope, int most) {
        return database
                .sql("""
                        with kinds as (
                            select project, code, severity, count(distinct environment)::int as environments, min(first_seen) as since,
                                (array_agg(id order by first_seen, id))[1] as id
                            from ledger.divergence_view where resolved_at is null and severity <> 'info' and %s
                            group by project, code, severity
                            order by array_position(array['error', 'warning'], severity), environments desc,
                                array_position(string_to_array(:codes, ' '), code), project limit :most)
                        select coalesce(d.current_words, d.divergence), v.list_item -> 'summary' ->> 'observedAt', k.environments
                        from kinds k join ledger.divergence_view d using (id)
                            left join ledger.environment_view v on v.project = d.project and v.environment = d.environment
                        order by array_position(array['error', 'warning'], d.severity), k.environments desc,
                            array_position(string_to_array(:codes, ' '), d.code), d.project
                        """
                        .formatted(ProjectScope.IN_SCOPE))
                .param("projects", scope.names())
                .param("codes", READING_ORDER)
                .param("most", most)
                .query((row, number) -> new Worst(divergence(row, number), row.getInt(3)))
                .list();
    }

    /** How many are open, by project and severity. */
    public Map<String, Map<Severity, Integer>> openByProject(ProjectScope scope) {
        Map<String, Map<Severity, Integer>> open = new LinkedHashMap<>();
        database.sql("select project, severity, count(*)::int from ledger.divergence_view where resolved_at is null"
                + " and (:projects::text[] is null or project = any(:projects::text[]))"
                + " group by project, severity order by project")
                .param("projects", scope.names())
                .query(row -> {
                    open.computeIfAbsent(row.getString(1), _ -> new EnumMap<>(Severity.class))
                            .put(Severity.valueOf(row.getString(2).toUpperCase(Locale.ROOT)), row.getInt(3));
                });
        return open;
    }

    private static Divergence divergence(ResultSet row, int number) throws SQLException {
        String observedAt = row.getString(2);
        return DivergenceFold.asOf(read(row.getString(1)), observedAt == null ? null : Instant.parse(observedAt));
    }

    /** All that is kept of an environment. What is filtered by must be what is kept, or it is another one. */
    private Map<UUID, Divergence> rows(StreamId.Environment environment) {
        Map<UUID, Divergence> rows = new TreeMap<>();
        database.sql("""
                select id, divergence, code, severity, first_seen, resolved_at from ledger.divergence_view
                where project = ? and environment = ?
                """)
                .params(environment.project(), environment.environment())
                .query(row -> {
                    Divergence one = read(row.getString(2));
                    boolean matches = one.code().code().equals(row.getString(3))
                            && written(one.severity()).equals(row.getString(4))
                            && Objects.equals(time(one.firstSeen()), row.getTimestamp(5))
                            && Objects.equals(time(one.resolvedAt()), row.getTimestamp(6));
                    rows.put(matches ? row.getObject(1, UUID.class) : new UUID(0, rows.size()), one);
                });
        return rows;
    }

    static Divergence read(String json) {
        return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), Divergence.class);
    }

    private static String json(Divergence one) {
        return new String(ContractJson.write(one), StandardCharsets.UTF_8);
    }

    private static String written(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Timestamp time(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }
}
