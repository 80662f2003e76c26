package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.environment.ProjectSummary;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What is known of each environment, in PostgreSQL. The first of all views: it derives a {@link AppliedScan} from each scan. */
public final class EnvironmentViews implements View<StreamId.Environment, EnvironmentViews.State> {

    private static final List<String> TABLES = List.of("environment_view", "environment_scripts",
            "revision_observation");

    private final JdbcClient database;
    private final TransactionTemplate snapshot;
    private final ViewCache cache;
    private final RevisionObservations observations;

    EnvironmentViews(JdbcClient database, PlatformTransactionManager transactions, ViewCache cache) {
        this.database = database;
        this.observations = new RevisionObservations(database);
        this.cache = cache;
        // A view and its scripts are several rows: they are read as of one moment.
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** @param digest of the row that holds it; absent where it is not stored */
    record State(EnvironmentView view, @Nullable String digest) {}

    @Override
    public String name() {
        return "environment";
    }

    @Override
    public int form() {
        return 17;
    }

    @Override
    public Optional<StreamId.Environment> target(RecordedEvent event) {
        return StreamId.environment(event);
    }

    @Override
    public State initial(StreamId.Environment target) {
        return new State(EnvironmentView.empty(target.project(), target.environment()), null);
    }

    @Override
    public State load(StreamId.Environment target, List<RecordedEvent> events) {
        return digest(target.project(), target.environment())
                .map(digest -> new State(load(target.project(), target.environment(), digest), digest))
                .orElseGet(() -> initial(target));
    }

    @Override
    public State evolve(State state, Batch batch) {
        return new State(state.view.after(batch.events().stream(), batch.derived()::add), state.digest);
    }

    @Override
    public void write(State before, State after) {
        write(after.view, before.view);
        if (before.digest != null) {
            cache.forget(before.digest);
        }
    }

    @Override
    public boolean isStored(State state) {
        EnvironmentView view = state.view;
        Map<String, StoredScripts> scripts = new TreeMap<>();
        view.scripts().forEach((source, some) -> scripts.put(source, StoredScripts.of(some)));
        return stored(view.project(), view.environment()).filter(StoredView.of(view)::equals).isPresent()
                && storedScripts(view.project(), view.environment()).equals(scripts)
                && observations.stored(view.project(), view.environment()).equals(RevisionObservations.of(view));
    }

    @Override
    public void delete(StreamId.Environment target) {
        for (String table : TABLES) {
            database.sql("delete from ledger." + table + " where project = ? and environment = ?")
                    .params(target.project(), target.environment())
                    .update();
        }
    }

    @Override
    public Set<StreamId.Environment> stored() {
        return new LinkedHashSet<>(database.sql(TABLES.stream()
                .map(table -> "select project, environment from ledger." + table)
                .collect(Collectors.joining(" union ")) + " order by 1, 2")
                .query((row, _) -> StreamId.of(row.getString(1), row.getString(2)))
                .list());
    }

    @Override
    public void beforeRebuild() {
        database.sql("delete from ledger.past_view").update();
    }

    /** Empty for an environment that was never heard of. */
    public Optional<EnvironmentView> find(String project, String environment) {
        return Optional.ofNullable(findAll(project, List.of(environment)).get(environment));
    }

    /** By name, those of a project's environments that exist, as of one moment. */
    public Map<String, EnvironmentView> findAll(String project, Collection<String> environments) {
        Map<String, EnvironmentView> found = new LinkedHashMap<>();
        Map<String, String> digests = digests(project, environments);
        digests.forEach((environment, digest) -> cache.view(project, environment, digest)
                .ifPresent(view -> found.put(environment, view)));
        return found.size() == digests.size() ? found : readAll(project, environments);
    }

    private Map<String, EnvironmentView> readAll(String project, Collection<String> environments) {
        Map<String, EnvironmentView> found = new LinkedHashMap<>();
        snapshot.executeWithoutResult(_ -> digests(project, environments).forEach(
                (environment, digest) -> found.put(environment, load(project, environment, digest))));
        return found;
    }

    /** How many events a view comes from; empty where it is no longer in memory. */
    public OptionalLong events(String project, String environment, String digest) {
        return cache.view(project, environment, digest)
                .map(view -> OptionalLong.of(view.facts().events()))
                .orElse(OptionalLong.empty());
    }

    /** The digest of an environment's view, if it comes from just so many events and is in memory. */
    public Optional<String> digest(String project, String environment, long events) {
        return digest(project, environment)
                .filter(digest -> events(project, environment, digest).equals(OptionalLong.of(events)));
    }

    /** The last sequence of an agent's epoch that is known; empty where another epoch of it was heard of since, or none. */
    public OptionalLong lastSequence(String project, String environment, String agent, UUID epoch) {
        return find(project, environment)
                .map(view -> view.facts().agents().get(agent))
                .filter(known -> known.epoch().equals(epoch))
                .map(known -> OptionalLong.of(known.lastSequence()))
                .orElse(OptionalLong.empty());
    }

    /** Every project with the number of its environments that are not retired, by name; projects without one are not there. */
    public List<ProjectSummary> projects() {
        return database
                .sql("select project, count(*)::int from ledger.environment_view where not retired"
                        + " group by project order by project")
                .query((row, _) -> new ProjectSummary(row.getString(1), row.getInt(2)))
                .list();
    }

    /**
     * At most so many projects, by name, those after one; as {@link #projects()}.
     *
     * @param retired whether retired environments count, too
     */
    List<ProjectSummary> projects(ProjectScope scope, String after, int limit, boolean retired) {
        return database.sql("select project, count(*)::int from ledger.environment_view where project > :after"
                + " and (:retired or not retired) and " + ProjectScope.IN_SCOPE
                + " group by project order by project limit :limit")
                .param("after", after)
                .param("retired", retired)
                .param("projects", scope.names())
                .param("limit", limit)
                .query((row, _) -> new ProjectSummary(row.getString(1), row.getInt(2)))
                .list();
    }

    /** Empty for a project that was never heard of; 0 environments where all are retired. */
    Optional<ProjectSummary> project(String project) {
        return database
                .sql("select project, count(*) filter (where not retired)::int from ledger.environment_view"
                        + " where project = ? group by project")
                .param(project)
                .query((row, _) -> new ProjectSummary(row.getString(1), row.getInt(2)))
                .optional();
    }

    /**
     * A line for each of at most so many environments of a project, by name, those after one.
     *
     * @param retired whether retired ones are listed, too
     */
    List<EnvironmentListItem> lines(String project, String after, int limit, boolean retired) {
        return database.sql("select list_item from ledger.environment_view where project = ? and environment > ?"
                + " and (? or not retired) order by environment limit ?")
                .params(project, after, retired, limit)
                .query((row, _) -> listItem(row.getString(1)))
                .list();
    }

    /** As {@link #lines}, of every project and without those that are retired: those after an environment of a project, by project. */
    public Map<String, List<EnvironmentListItem>> linesByProject(
            ProjectScope scope, String project, String environment, int limit) {
        Map<String, List<EnvironmentListItem>> lines = new LinkedHashMap<>();
        database.sql("select project, list_item from ledger.environment_view where (project, environment) >"
                + " (:project, :environment) and not retired and " + ProjectScope.IN_SCOPE
                + " order by project, environment limit :limit")
                .param("project", project)
                .param("environment", environment)
                .param("projects", scope.names())
                .param("limit", limit)
                .query(row -> {
                    lines.computeIfAbsent(row.getString(1), _ -> new ArrayList<>()).add(listItem(row.getString(2)));
                });
        return lines;
    }

    /** How many there are that are not retired. */
    public record Count(int projects, int environments) {}

    public Count count(ProjectScope scope) {
        return database.sql("select count(distinct project)::int, count(*)::int from ledger.environment_view"
                + " where not retired and " + ProjectScope.IN_SCOPE)
                .param("projects", scope.names())
                .query((row, _) -> new Count(row.getInt(1), row.getInt(2)))
                .single();
    }

    private static EnvironmentListItem listItem(String json) {
        return ContractJson.read(StoredView.bytes(json), EnvironmentListItem.class);
    }

    /** The names of a project's environments, in order. */
    public List<String> environments(String project) {
        return database.sql("select environment from ledger.environment_view where project = ? order by environment")
                .param(project)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** At most so many of them that are not retired. */
    public List<String> environments(String project, int most) {
        return database.sql("select environment from ledger.environment_view where project = ? and not retired"
                + " order by environment limit ?")
                .params(project, most)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Those of these names that the project has, in their order. */
    List<String> existing(String project, Collection<String> environments) {
        Map<String, String> known = digests(project, environments);
        return environments.stream().distinct().filter(known::containsKey).toList();
    }

    /** @param before what the database holds already */
    void write(EnvironmentView view, EnvironmentView before) {
        Map<String, SourceScripts> storedScripts = before.scripts();
        StoredView stored = StoredView.of(view);
        database.sql(
                """
                        insert into ledger.environment_view (project, environment, digest, facts, scripts, list_item)
                        values (?, ?, ?, ?::json, ?::json, ?::json)
                        on conflict (project, environment) do update
                        set digest = excluded.digest, facts = excluded.facts, scripts = excluded.scripts, list_item = excluded.list_item
                        """)
                .params(view.project(), view.environment(), stored.digest(), stored.facts(), stored.scripts(),
                        stored.listItem())
                .update();
        view.scripts().forEach((source, scripts) -> {
            SourceScripts had = storedScripts.get(source);
            if (had == null || !had.digest().equals(scripts.digest())) {
                write(view, source, scripts);
            }
        });
        storedScripts.keySet().stream().filter(source -> !view.scripts().containsKey(source)).forEach(source -> database
                .sql("delete from ledger.environment_scripts where project = ? and environment = ? and source = ?")
                .params(view.project(), view.environment(), source)
                .update());
        observations.write(view, before.facts().observedStatuses());
        cache.put(stored, view);
    }

    private void write(EnvironmentView view, String source, SourceScripts scripts) {
        StoredScripts stored = StoredScripts.of(scripts);
        database.sql("""
                insert into ledger.environment_scripts (project, environment, source, digest, revisions)
                values (?, ?, ?, ?, ?::json)
                on conflict (project, environment, source) do update
                set digest = excluded.digest, revisions = excluded.revisions
                """)
                .params(view.project(), view.environment(), source, stored.digest(), stored.json())
                .update();
        cache.put(scripts, stored.json().length());
    }

    private Optional<String> digest(String project, String environment) {
        return database.sql("select digest from ledger.environment_view where project = ? and environment = ?")
                .params(project, environment)
                .query(String.class)
                .optional();
    }

    private Map<String, String> digests(String project, Collection<String> environments) {
        Map<String, String> digests = new HashMap<>();
        database.sql("select environment, digest from ledger.environment_view"
                + " where project = :project and environment in (:environments)")
                .param("project", project)
                .param("environments", environments)
                .query(row -> {
                    digests.put(row.getString(1), row.getString(2));
                });
        return digests;
    }

    /** Only inside a transaction in which the row cannot change under the reader. */
    private EnvironmentView load(String project, String environment, String digest) {
        return cache.view(project, environment, digest).orElseGet(() -> read(project, environment));
    }

    private EnvironmentView read(String project, String environment) {
        StoredView stored = stored(project, environment).orElseThrow();
        EnvironmentFacts facts = ContractJson.read(StoredView.bytes(stored.facts()), EnvironmentFacts.class)
                .withObservedStatuses(observations.read(project, environment));
        EnvironmentView view = new EnvironmentView(project, environment, facts, scripts(project, environment));
        cache.put(stored, view);
        return view;
    }

    Optional<StoredView> stored(String project, String environment) {
        return database.sql("select digest, facts, scripts, list_item from ledger.environment_view"
                + " where project = ? and environment = ?")
                .params(project, environment)
                .query(EnvironmentViews::read)
                .optional();
    }

    private static StoredView read(ResultSet row, int number) throws SQLException {
        return new StoredView(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }

    private NavigableMap<String, SourceScripts> scripts(String project, String environment) {
        TreeMap<String, SourceScripts> cached = new TreeMap<>();
        Map<String, String> digests = new TreeMap<>();
        database.sql("select source, digest from ledger.environment_scripts where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    digests.put(row.getString(1), row.getString(2));
                });
        digests.forEach((source, digest) -> cache.scripts(digest).ifPresent(scripts -> cached.put(source, scripts)));
        if (cached.size() == digests.size()) {
            return cached;
        }
        TreeMap<String, SourceScripts> read = new TreeMap<>();
        storedScripts(project, environment).forEach((source, stored) -> {
            SourceScripts scripts = stored.scripts();
            cache.put(scripts, stored.json().length());
            read.put(source, scripts);
        });
        return read;
    }

    /** The scripts of each source, as their rows hold them. */
    Map<String, StoredScripts> storedScripts(String project, String environment) {
        Map<String, StoredScripts> stored = new TreeMap<>();
        database.sql("select source, digest, revisions from ledger.environment_scripts"
                + " where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    stored.put(row.getString(1), new StoredScripts(row.getString(2), row.getString(3)));
                });
        return stored;
    }
}
