package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.StoredJson;
import dev.migrationledger.ledger.recording.view.View;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every proposal to bring heads together, in {@code ledger.merge}. */
final class MergesView implements View<StreamId.Merges, MergesView.State> {

    private final JdbcClient database;

    MergesView(JdbcClient database) {
        this.database = database;
    }

    /** What some events concern. */
    record State(StreamId.Merges target, Map<UUID, Merge> merges) {
        State {
            merges = Map.copyOf(merges);
        }
    }

    @Override
    public String name() {
        return "merges";
    }

    @Override
    public int form() {
        return 4;
    }

    @Override
    public Optional<StreamId.Merges> target(RecordedEvent event) {
        return StreamId.of(event) instanceof StreamId.Merges merges ? Optional.of(merges) : Optional.empty();
    }

    @Override
    public State initial(StreamId.Merges target) {
        return new State(target, Map.of());
    }

    @Override
    public State load(StreamId.Merges target, List<RecordedEvent> events) {
        Map<UUID, Merge> merges = new TreeMap<>();
        events.stream().map(event -> ((MergeEvent) event.event()).merge()).distinct()
                .forEach(id -> find(target.project(), id).ifPresent(one -> merges.put(id, one)));
        return new State(target, merges);
    }

    @Override
    public State evolve(State state, Batch batch) {
        Map<UUID, Merge> merges = new TreeMap<>(state.merges);
        for (RecordedEvent event : batch.events()) {
            MergeEvent about = (MergeEvent) event.event();
            merges.compute(about.merge(), (_, one) -> Merge.after(one, about, event.recordedAt()));
        }
        return new State(state.target, merges);
    }

    @Override
    public void write(State before, State after) {
        after.merges.forEach((id, merge) -> {
            if (!merge.equals(before.merges.get(id))) {
                database.sql("""
                        insert into ledger.merge (project, merge, proposed_at, open, facts)
                        values (?, ?, ?, ?, ?::json)
                        on conflict (merge) do update set open = excluded.open, facts = excluded.facts""")
                        .params(after.target.project(), id, Timestamp.from(merge.proposedAt()),
                                !merge.isClosed(), StoredJson.write(merge))
                        .update();
            }
        });
    }

    @Override
    public boolean isStored(State state) {
        Map<UUID, Merge> stored = new TreeMap<>();
        of(state.target.project()).forEach(one -> stored.put(one.merge(), one));
        return stored.equals(new TreeMap<>(state.merges));
    }

    @Override
    public void delete(StreamId.Merges target) {
        database.sql("delete from ledger.merge where project = ?").param(target.project()).update();
    }

    @Override
    public Set<StreamId.Merges> stored() {
        return database.sql("select distinct project from ledger.merge")
                .query((row, _) -> new StreamId.Merges(row.getString(1))).set();
    }

    /** The newest first. */
    List<Merge> of(String project) {
        return database.sql("select facts from ledger.merge where project = ? order by proposed_at desc, merge desc")
                .param(project)
                .query((row, _) -> StoredJson.read(row.getString(1), Merge.class)).list();
    }

    /** Those that are not over. */
    List<Merge> open(String project) {
        return database.sql("select facts from ledger.merge where project = ? and open order by merge")
                .param(project)
                .query((row, _) -> StoredJson.read(row.getString(1), Merge.class)).list();
    }

    /** A merge with its project. */
    record OfProject(String project, Merge merge) {}

    /** Of several projects those that are not over, the newest first. */
    List<OfProject> open(ProjectScope scope, int most) {
        return database.sql("select project, facts from ledger.merge where open and " + ProjectScope.IN_SCOPE
                + " order by proposed_at desc, merge desc limit :most")
                .param("projects", scope.names()).param("most", most)
                .query((row, _) -> new OfProject(row.getString(1), StoredJson.read(row.getString(2), Merge.class)))
                .list();
    }

    /** By project, those that are not over. */
    Map<String, List<Merge>> open() {
        Map<String, List<Merge>> open = new TreeMap<>();
        database.sql("select project, facts from ledger.merge where open order by project, merge").query(row -> {
            open.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                    .add(StoredJson.read(row.getString(2), Merge.class));
        });
        return open;
    }

    List<Merge> find(String project, List<UUID> some) {
        return database.sql("select facts from ledger.merge where project = :project and merge = any(:some)")
                .param("project", project).param("some", some.toArray(UUID[]::new))
                .query((row, _) -> StoredJson.read(row.getString(1), Merge.class)).list();
    }

    Optional<Merge> find(String project, UUID merge) {
        return database.sql("select facts from ledger.merge where project = ? and merge = ?").params(project, merge)
                .query((row, _) -> StoredJson.read(row.getString(1), Merge.class)).optional();
    }
}
