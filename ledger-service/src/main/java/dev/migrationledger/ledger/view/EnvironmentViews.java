package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.environment.ProjectSummary;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.recording.Batch;
import dev.migrationledger.ledger.recording.StreamId;
import dev.migrationledger.ledger.recording.View;
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

/** What is known of each environment, in PostgreSQL. The first of all views: it derives a {@link ScanSeen} from each scan. */
public final class EnvironmentViews implements View<StreamId.Environment, EnvironmentViews.State> {

    private static final List<String> TABLES = List.of("environment_view", "environment_scripts",
            "environment_witness");

    private final JdbcClient database;
    private final TransactionTemplate snapshot;
    private final ViewMemory memory;
    private final Witnesses witnesses;

    EnvironmentViews(JdbcClient database, PlatformTransactionManager transactions, ViewMemory memory) {
        this.database = database;
        this.witnesses = new Witnesses(database);
        this.memory = memory;
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
        return 3;
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
            memory.forget(before.digest);
        }
    }

    @Override
    public boolean isStored(State state) {
        EnvironmentView view = state.view;
        Map<String, KeptScripts> scripts = new TreeMap<>();
        view.scripts().forEach((source, some) -> scripts.put(source, KeptScripts.of(some)));
        return kept(view.project(), view.environment()).filter(KeptView.of(view)::equals).isPresent()
                && keptScripts(view.project(), view.environment()).equals(scripts)
                && witnesses.kept(view.project(), view.environment()).equals(Witnesses.of(view));
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
        digests.forEach((environment, digest) -> memory.view(project, environment, digest)
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
        return memory.view(project, environment, digest)
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
    List<ProjectSummary> projects(String after, int limit, boolean retired) {
        return database.sql("select project, count(*)::int from ledger.environment_view where project > ?"
                + " and (? or not retired) group by project order by project limit ?")
                .params(after, retired, limit)
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
    List<EnvironmentLine> lines(String project, String after, int limit, boolean retired) {
        return database.sql("select line from ledger.environment_view where project = ? and environment > ?"
                + " and (? or not retired) order by environment limit ?")
                .params(project, after, retired, limit)
                .query((row, _) -> line(row.getString(1)))
                .list();
    }

    /** As {@link #lines}, of every project and without those that are retired: those after an environment of a project, by project. */
    public Map<String, List<EnvironmentLine>> linesByProject(String project, String environment, int limit) {
        Map<String, List<EnvironmentLine>> lines = new LinkedHashMap<>();
        database.sql("select project, line from ledger.environment_view where (project, environment) > (?, ?)"
                + " and not retired order by project, environment limit ?")
                .params(project, environment, limit)
                .query(row -> {
                    lines.computeIfAbsent(row.getString(1), _ -> new ArrayList<>()).add(line(row.getString(2)));
                });
        return lines;
    }

    /** How many there are that are not retired. */
    public record Count(int projects, int environments) {}

    public Count count() {
        return database.sql("select count(distinct project)::int, count(*)::int from ledger.environment_view"
                + " where not retired")
                .query((row, _) -> new Count(row.getInt(1), row.getInt(2)))
                .single();
    }

    private static EnvironmentLine line(String json) {
        return ContractJson.read(KeptView.bytes(json), EnvironmentLine.class);
    }

    /** The names of a project's environments, in order. */
    public List<String> environments(String project) {
        return database.sql("select environment from ledger.environment_view where project = ? order by environment")
                .param(project)
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
        Map<String, Scripts> keptScripts = before.scripts();
        KeptView kept = KeptView.of(view);
        database.sql("""
                insert into ledger.environment_view (project, environment, digest, facts, scripts, line)
                values (?, ?, ?, ?::json, ?::json, ?::json)
                on conflict (project, environment) do update
                set digest = excluded.digest, facts = excluded.facts, scripts = excluded.scripts, line = excluded.line
                """)
                .params(view.project(), view.environment(), kept.digest(), kept.facts(), kept.scripts(), kept.line())
                .update();
        view.scripts().forEach((source, scripts) -> {
            Scripts had = keptScripts.get(source);
            if (had == null || !had.digest().equals(scripts.digest())) {
                write(view, source, scripts);
            }
        });
        keptScripts.keySet().stream().filter(source -> !view.scripts().containsKey(source)).forEach(source -> database
                .sql("delete from ledger.environment_scripts where project = ? and environment = ? and source = ?")
                .params(view.project(), view.environment(), source)
                .update());
        witnesses.write(view, before.facts().witnessed());
        memory.hold(kept, view);
    }

    private void write(EnvironmentView view, String source, Scripts scripts) {
        KeptScripts kept = KeptScripts.of(scripts);
        database.sql("""
                insert into ledger.environment_scripts (project, environment, source, digest, revisions)
                values (?, ?, ?, ?, ?::json)
                on conflict (project, environment, source) do update
                set digest = excluded.digest, revisions = excluded.revisions
                """)
                .params(view.project(), view.environment(), source, kept.digest(), kept.json())
                .update();
        memory.hold(scripts, kept.json().length());
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
        return memory.view(project, environment, digest).orElseGet(() -> read(project, environment));
    }

    private EnvironmentView read(String project, String environment) {
        KeptView kept = kept(project, environment).orElseThrow();
        Facts facts = ContractJson.read(KeptView.bytes(kept.facts()), Facts.class)
                .withWitnessed(witnesses.read(project, environment));
        EnvironmentView view = new EnvironmentView(project, environment, facts, scripts(project, environment));
        memory.hold(kept, view);
        return view;
    }

    Optional<KeptView> kept(String project, String environment) {
        return database.sql("select digest, facts, scripts, line from ledger.environment_view"
                + " where project = ? and environment = ?")
                .params(project, environment)
                .query(EnvironmentViews::kept)
                .optional();
    }

    private static KeptView kept(ResultSet row, int number) throws SQLException {
        return new KeptView(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }

    private NavigableMap<String, Scripts> scripts(String project, String environment) {
        TreeMap<String, Scripts> held = new TreeMap<>();
        Map<String, String> digests = new TreeMap<>();
        database.sql("select source, digest from ledger.environment_scripts where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    digests.put(row.getString(1), row.getString(2));
                });
        digests.forEach((source, digest) -> memory.scripts(digest).ifPresent(scripts -> held.put(source, scripts)));
        if (held.size() == digests.size()) {
            return held;
        }
        TreeMap<String, Scripts> read = new TreeMap<>();
        keptScripts(project, environment).forEach((source, kept) -> {
            Scripts scripts = kept.scripts();
            memory.hold(scripts, kept.json().length());
            read.put(source, scripts);
        });
        return read;
    }

    /** The scripts of each source, as their rows hold them. */
    Map<String, KeptScripts> keptScripts(String project, String environment) {
        Map<String, KeptScripts> kept = new TreeMap<>();
        database.sql("select source, digest, revisions from ledger.environment_scripts"
                + " where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    kept.put(row.getString(1), new KeptScripts(row.getString(2), row.getString(3)));
                });
        return kept;
    }
}
