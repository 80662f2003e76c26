package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent.PolicyApplied;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.StoredJson;
import dev.migrationledger.ledger.recording.view.View;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The policy that counts, of each project, in {@code ledger.policy}. */
final class PolicyView implements View<StreamId.Project, ProjectPolicy> {

    private final JdbcClient database;

    PolicyView(JdbcClient database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public Optional<StreamId.Project> target(RecordedEvent event) {
        return event.event() instanceof PolicyApplied && StreamId.of(event) instanceof StreamId.Project project
                ? Optional.of(project)
                : Optional.empty();
    }

    @Override
    public ProjectPolicy initial(StreamId.Project target) {
        return ProjectPolicy.none(target.project());
    }

    /** What counts now. */
    ProjectPolicy of(String project) {
        return read(project).orElseGet(() -> ProjectPolicy.none(project));
    }

    @Override
    public ProjectPolicy load(StreamId.Project target, List<RecordedEvent> events) {
        return of(target.project());
    }

    @Override
    public ProjectPolicy evolve(ProjectPolicy state, Batch batch) {
        ProjectPolicy policy = state;
        for (RecordedEvent event : batch.events()) {
            if (event.event() instanceof PolicyApplied(int version, String by, String text)) {
                policy = new ProjectPolicy(state.project(), version, event.recordedAt(), by, text);
            }
        }
        return policy;
    }

    @Override
    public void write(ProjectPolicy before, ProjectPolicy after) {
        database.sql("insert into ledger.policy (project, facts) values (?, ?::json)"
                + " on conflict (project) do update set facts = excluded.facts")
                .param(after.project())
                .param(StoredJson.write(after))
                .update();
    }

    @Override
    public boolean isStored(ProjectPolicy state) {
        return read(state.project()).filter(state::equals).isPresent();
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

    private Optional<ProjectPolicy> read(String project) {
        return database.sql("select facts from ledger.policy where project = ?").param(project)
                .query(String.class).optional().map(facts -> StoredJson.read(facts, ProjectPolicy.class));
    }
}
