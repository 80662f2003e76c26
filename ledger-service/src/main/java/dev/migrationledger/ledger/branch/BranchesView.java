package dev.migrationledger.ledger.branch;

import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.BranchEvent.*;
import dev.migrationledger.contracts.event.BranchEvent;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.StoredJson;
import dev.migrationledger.ledger.recording.view.View;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Branches and pull requests that were not closed, in {@code ledger.branch}. */
final class BranchesView implements View<StreamId.Branches, BranchesView.State> {

    private final JdbcClient database;

    BranchesView(JdbcClient database) {
        this.database = database;
    }

    /** What some events concern, by source. */
    record State(StreamId.Branches target, Map<String, Branch> branches) {
        State {
            branches = Map.copyOf(branches);
        }
    }

    @Override
    public String name() {
        return "branches";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public Optional<StreamId.Branches> target(RecordedEvent event) {
        return StreamId.of(event) instanceof StreamId.Branches branches ? Optional.of(branches) : Optional.empty();
    }

    @Override
    public State initial(StreamId.Branches target) {
        return new State(target, Map.of());
    }

    @Override
    public State load(StreamId.Branches target, List<RecordedEvent> events) {
        Map<String, Branch> branches = new TreeMap<>();
        events.stream().map(event -> ((BranchEvent) event.event()).source()).distinct()
                .forEach(source -> database
                        .sql("select facts from ledger.branch where project = ? and source = ?")
                        .params(target.project(), source)
                        .query((row, _) -> StoredJson.read(row.getString(1), Branch.class)).optional()
                        .ifPresent(one -> branches.put(source, one)));
        return new State(target, branches);
    }

    @Override
    public State evolve(State state, Batch batch) {
        Map<String, Branch> branches = new TreeMap<>(state.branches);
        for (RecordedEvent event : batch.events()) {
            switch ((BranchEvent) event.event()) {
                case BranchPublished it -> branches.put(it.source(), Branch.of(it, event.recordedAt()));
                case BranchAuthorsRead _ -> {
                }
                case BranchClosed it -> branches.remove(it.source());
            }
        }
        return new State(state.target, branches);
    }

    @Override
    public void write(State before, State after) {
        String project = after.target.project();
        before.branches.keySet().stream().filter(source -> !after.branches.containsKey(source))
                .forEach(source -> database.sql("delete from ledger.branch where project = ? and source = ?")
                        .params(project, source).update());
        after.branches.forEach((source, branch) -> {
            if (!branch.equals(before.branches.get(source))) {
                database.sql("""
                        insert into ledger.branch (project, source, published_at, facts) values (?, ?, ?, ?::json)
                        on conflict (project, source) do update
                        set published_at = excluded.published_at, facts = excluded.facts""")
                        .params(project, source, Timestamp.from(branch.at()), StoredJson.write(branch))
                        .update();
            }
        });
    }

    @Override
    public boolean isStored(State state) {
        Map<String, Branch> stored = new TreeMap<>();
        since(state.target.project(), Instant.EPOCH).forEach(one -> stored.put(one.source(), one));
        return stored.equals(new TreeMap<>(state.branches));
    }

    @Override
    public void delete(StreamId.Branches target) {
        database.sql("delete from ledger.branch where project = ?").param(target.project()).update();
    }

    @Override
    public Set<StreamId.Branches> stored() {
        return database.sql("select distinct project from ledger.branch")
                .query((row, _) -> new StreamId.Branches(row.getString(1))).set();
    }

    /** Those that are not forgotten, by source. */
    List<Branch> open(String project, Instant now) {
        return since(project, now.minus(OpenBranch.KEPT));
    }

    private List<Branch> since(String project, Instant published) {
        return database.sql("""
                select facts from ledger.branch where project = ? and published_at >= ? order by source""")
                .params(project, Timestamp.from(published))
                .query((row, _) -> StoredJson.read(row.getString(1), Branch.class)).list();
    }

    /** Projects that have any; at most so many. */
    List<String> projects(ProjectScope scope, Instant now, int most) {
        return database.sql("select distinct project from ledger.branch where published_at >= :since and "
                + ProjectScope.IN_SCOPE + " order by project limit :most")
                .param("projects", scope.names()).param("most", most)
                .param("since", Timestamp.from(now.minus(OpenBranch.KEPT)))
                .query((row, _) -> row.getString(1)).list();
    }
}
