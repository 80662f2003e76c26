package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent.PolicyApplied;
import dev.migrationledger.contracts.policy.Policy.PipelineRule;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.ledger.divergence.PipelineDemands;
import dev.migrationledger.ledger.divergence.project.PipelineDemand;
import dev.migrationledger.ledger.policy.file.PolicyFile;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.StoredJson;
import dev.migrationledger.ledger.recording.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The policy that counts, of each project, in {@code ledger.policy}. */
final class PolicyView implements View<StreamId.Project, PolicyView.Stored>, PipelineDemands {

    private final JdbcClient database;

    PolicyView(JdbcClient database) {
        this.database = database;
    }

    /** A policy, and since when it expects pipelines. */
    record Stored(ProjectPolicy policy, List<PipelineDemand> pipelines) {
        Stored {
            pipelines = List.copyOf(pipelines);
        }

        static Stored none(String project) {
            return new Stored(ProjectPolicy.none(project), List.of());
        }
    }

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public int form() {
        return 2;
    }

    @Override
    public Optional<StreamId.Project> target(RecordedEvent event) {
        return event.event() instanceof PolicyApplied && StreamId.of(event) instanceof StreamId.Project project
                ? Optional.of(project)
                : Optional.empty();
    }

    @Override
    public Stored initial(StreamId.Project target) {
        return Stored.none(target.project());
    }

    /** What counts now. */
    ProjectPolicy of(String project) {
        return stored(project).policy();
    }

    /** By project that has one, the version that counts. */
    Map<String, Integer> versions() {
        Map<String, Integer> versions = new TreeMap<>();
        database.sql("select project, (facts ->> 'version')::int from ledger.policy").query(row -> {
            versions.put(row.getString(1), row.getInt(2));
        });
        return versions;
    }

    @Override
    public List<PipelineDemand> pipelines(String project) {
        return stored(project).pipelines();
    }

    @Override
    public Map<String, List<PipelineDemand>> pipelines() {
        Map<String, List<PipelineDemand>> demands = new TreeMap<>();
        database.sql("select project, pipelines from ledger.policy where json_array_length(pipelines) > 0")
                .query(row -> {
                    demands.put(row.getString(1), demands(row.getString(2)));
                });
        return demands;
    }

    private Stored stored(String project) {
        return read(project).orElseGet(() -> Stored.none(project));
    }

    @Override
    public Stored load(StreamId.Project target, List<RecordedEvent> events) {
        return stored(target.project());
    }

    @Override
    public Stored evolve(Stored state, Batch batch) {
        Stored stored = state;
        for (RecordedEvent event : batch.events()) {
            if (event.event() instanceof PolicyApplied(int version, String by, String text)) {
                stored = new Stored(
                        new ProjectPolicy(state.policy().project(), version, event.recordedAt(), by, text),
                        demands(text, stored.pipelines(), event.recordedAt()));
            }
        }
        return stored;
    }

    /** A rule that selects what one selected before has its time. */
    private static List<PipelineDemand> demands(String text, List<PipelineDemand> before, Instant now) {
        Policy policy = PolicyFile.read(text).policy();
        return policy == null
                ? before
                : policy.pipelines().stream().map(PipelineRule::where).distinct()
                        .map(where -> before.stream().filter(known -> known.where().equals(where)).findFirst()
                                .orElseGet(() -> new PipelineDemand(where, now)))
                        .toList();
    }

    @Override
    public void write(Stored before, Stored after) {
        database.sql("insert into ledger.policy (project, facts, pipelines) values (?, ?::json, ?::json)"
                + " on conflict (project) do update set facts = excluded.facts, pipelines = excluded.pipelines")
                .params(after.policy().project(), StoredJson.write(after.policy()),
                        StoredJson.write(after.pipelines()))
                .update();
    }

    @Override
    public boolean isStored(Stored state) {
        return read(state.policy().project()).filter(state::equals).isPresent();
    }

    @Override
    public void delete(StreamId.Project target) {
        database.sql("delete from ledger.policy where project = ?").param(target.project()).update();
    }

    @Override
    public Set<StreamId.Project> stored() {
        return database.sql("select project from ledger.policy")
                .query((row, _) -> new StreamId.Project(row.getString(1))).set();
    }

    private Optional<Stored> read(String project) {
        return database.sql("select facts, pipelines from ledger.policy where project = ?").param(project)
                .query((row, _) -> new Stored(StoredJson.read(row.getString(1), ProjectPolicy.class),
                        demands(row.getString(2))))
                .optional();
    }

    private static List<PipelineDemand> demands(String json) {
        return List.of(StoredJson.read(json, PipelineDemand[].class));
    }
}
