package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.View;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The texts of a project's revision files, by the SHA-256 of their bytes, in PostgreSQL. A text that has another digest than it came with is not kept. */
final class RevisionFiles implements View<StreamId.Project, RevisionFiles.State> {

    private final JdbcClient database;

    RevisionFiles(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param digests of all files
     * @param latest the files that the last batch added, by digest
     */
    record State(StreamId.Project project, Set<String> digests, Map<String, String> latest) {}

    @Override
    public String name() {
        return "revision-files";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public Optional<StreamId.Project> target(RecordedEvent event) {
        return event.event() instanceof RevisionFilesRead read
                && read.files().stream().anyMatch(RevisionFiles::isGenuine)
                        ? Optional.ofNullable(event.project()).map(StreamId.Project::new)
                        : Optional.empty();
    }

    private static boolean isGenuine(RevisionFile file) {
        String text = file.text();
        return text != null && HistoryFold.DIGEST.matcher(file.digest()).matches()
                && Sha256.hex(text).equals(file.digest());
    }

    @Override
    public State initial(StreamId.Project target) {
        return new State(target, Set.of(), Map.of());
    }

    @Override
    public State load(StreamId.Project target, List<RecordedEvent> events) {
        return initial(target);
    }

    @Override
    public State evolve(State state, Batch batch) {
        Set<String> digests = new TreeSet<>(state.digests);
        Map<String, String> latest = new TreeMap<>();
        batch.events().stream()
                .map(RecordedEvent::event)
                .filter(RevisionFilesRead.class::isInstance)
                .flatMap(read -> ((RevisionFilesRead) read).files().stream())
                .filter(RevisionFiles::isGenuine)
                .filter(file -> digests.add(file.digest()))
                .forEach(file -> latest.put(file.digest(), String.valueOf(file.text())));
        return new State(state.project, digests, latest);
    }

    @Override
    public void write(State before, State after) {
        if (!after.latest.isEmpty()) {
            // In one order for everybody: two that each wait for what the other inserted would wait for ever.
            database.sql("""
                    insert into ledger.revision_file (project, digest, content)
                    select :project, digest, convert_to(content, 'UTF8')
                    from unnest(:digests::text[], :contents::text[]) as file(digest, content)
                    order by digest
                    on conflict (project, digest) do nothing""")
                    .param("project", after.project.project())
                    .param("digests", array(after.latest.keySet()))
                    .param("contents", array(after.latest.values()))
                    .update();
        }
    }

    private static String[] array(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    @Override
    public boolean isStored(State state) {
        Map<String, Boolean> genuine = new TreeMap<>();
        database.sql(
                "select digest, digest = encode(sha256(content), 'hex') from ledger.revision_file where project = ?")
                .param(state.project.project())
                .query(row -> {
                    genuine.put(row.getString(1), row.getBoolean(2));
                });
        return genuine.keySet().equals(state.digests) && !genuine.containsValue(false);
    }

    @Override
    public void delete(StreamId.Project target) {
        database.sql("delete from ledger.revision_file where project = ?")
                .param(target.project())
                .update();
    }

    @Override
    public Set<StreamId.Project> stored() {
        return new LinkedHashSet<>(database.sql("select distinct project from ledger.revision_file order by 1")
                .query((row, _) -> new StreamId.Project(row.getString(1)))
                .list());
    }
}
