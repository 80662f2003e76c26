package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.StoredJson;
import dev.migrationledger.ledger.recording.view.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What each content of a project's revision files does, by the SHA-256 of its bytes. Agents may read different footprints of one file, because it calls
 * functions of others: one of the highest form stays, whichever of them comes first.
 */
final class ContentFootprints implements View<StreamId.Project, ContentFootprints.State> {

    private final JdbcClient database;

    ContentFootprints(JdbcClient database) {
        this.database = database;
    }

    /**
     * One content.
     *
     * @param withheld why its text was left out; absent: it was sent
     * @param footprint as JSON
     */
    record Content(int form, @Nullable String withheld, String footprint) {

        private static final Comparator<Content> ORDER = Comparator.comparingInt(Content::form)
                .thenComparing(it -> it.withheld == null).thenComparing(it -> Sha256.hex(it.footprint));

        Content or(Content other) {
            return ORDER.compare(this, other) >= 0 ? this : other;
        }
    }

    /**
     * What is new.
     *
     * @param latest what batches said, by digest
     */
    record State(StreamId.Project project, Map<String, Content> latest) {}

    @Override
    public String name() {
        return "content-footprints";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public Optional<StreamId.Project> target(RecordedEvent event) {
        return event.event() instanceof RevisionFilesRead read && !read.files().isEmpty()
                ? Optional.ofNullable(event.project()).map(StreamId.Project::new)
                : Optional.empty();
    }

    @Override
    public State initial(StreamId.Project target) {
        return new State(target, Map.of());
    }

    /** Nothing: the database decides which one stays. */
    @Override
    public State load(StreamId.Project target, List<RecordedEvent> events) {
        return initial(target);
    }

    @Override
    public State evolve(State state, Batch batch) {
        Map<String, Content> latest = new TreeMap<>(state.latest);
        for (RecordedEvent event : batch.events()) {
            if (event.event() instanceof RevisionFilesRead read) {
                read.files().stream().filter(file -> HistoryFold.DIGEST.matcher(file.digest()).matches())
                        .forEach(file -> latest.merge(file.digest(), content(read.form(), file),
                                Content::or));
            }
        }
        return new State(state.project, latest);
    }

    private static Content content(int form, RevisionFile file) {
        RevisionFile.Withheld withheld = file.withheld();
        return new Content(form, withheld == null ? null : AuditKeys.word(withheld),
                StoredJson.write(file.footprint()));
    }

    @Override
    public void write(State before, State after) {
        if (after.latest.isEmpty()) {
            return;
        }
        List<Content> contents = List.copyOf(after.latest.values());
        // In one order for all: two that each wait for what the other inserted would wait for ever.
        database.sql(
                """
                        insert into ledger.revision_footprint as known (project, digest, form, withheld, footprint)
                        select :project, digest, form, withheld, footprint::json
                        from unnest(:digests::text[], :forms::int[], :withheld::text[], :footprints::text[])
                            as content (digest, form, withheld, footprint)
                        order by digest
                        on conflict (project, digest) do update
                        set form = excluded.form, withheld = excluded.withheld, footprint = excluded.footprint
                        where (excluded.form, excluded.withheld is null, encode(sha256(convert_to(excluded.footprint::text, 'UTF8')), 'hex'))
                            > (known.form, known.withheld is null, encode(sha256(convert_to(known.footprint::text, 'UTF8')), 'hex'))""")
                .param("project", after.project.project())
                .param("digests", after.latest.keySet().toArray(String[]::new))
                .param("forms", contents.stream().map(Content::form).toArray(Integer[]::new))
                .param("withheld", withheld(contents))
                .param("footprints", contents.stream().map(Content::footprint).toArray(String[]::new))
                .update();
    }

    private static @Nullable String[] withheld(List<Content> contents) {
        List<@Nullable String> reasons = new ArrayList<>();
        contents.forEach(it -> reasons.add(it.withheld));
        return reasons.toArray(String[]::new);
    }

    @Override
    public boolean isStored(State state) {
        Map<String, Content> stored = new TreeMap<>();
        database.sql("select digest, form, withheld, footprint from ledger.revision_footprint where project = ?")
                .param(state.project.project())
                .query(row -> {
                    stored.put(row.getString(1),
                            new Content(row.getInt(2), row.getString(3), row.getString(4)));
                });
        return stored.equals(new TreeMap<>(state.latest));
    }

    @Override
    public void delete(StreamId.Project target) {
        database.sql("delete from ledger.revision_footprint where project = ?").param(target.project()).update();
    }

    @Override
    public Set<StreamId.Project> stored() {
        return new LinkedHashSet<>(database.sql("select distinct project from ledger.revision_footprint order by 1")
                .query((row, _) -> new StreamId.Project(row.getString(1))).list());
    }
}
