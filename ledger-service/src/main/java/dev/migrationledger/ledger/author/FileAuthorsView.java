package dev.migrationledger.ledger.author;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionAuthorsRead;
import dev.migrationledger.contracts.event.BranchEvent.BranchAuthorsRead;
import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.StoredJson;
import dev.migrationledger.ledger.recording.view.View;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who wrote the files of a project's revisions, by the SHA-256 of their bytes, in PostgreSQL. All authors count whom any source named: an image without
 * Git takes nothing away.
 */
final class FileAuthorsView implements View<StreamId.Project, FileAuthorsView.State> {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final JdbcClient database;

    FileAuthorsView(JdbcClient database) {
        this.database = database;
    }

    /** By digest, of the files that some events concern. */
    record State(StreamId.Project project, Map<String, RevisionAuthors> files) {
        State {
            files = Map.copyOf(files);
        }
    }

    @Override
    public String name() {
        return "file-authors";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public Optional<StreamId.Project> target(RecordedEvent event) {
        return files(event).findAny().isPresent()
                ? Optional.ofNullable(event.project()).map(StreamId.Project::new)
                : Optional.empty();
    }

    private static Stream<RevisionAuthors> files(RecordedEvent event) {
        List<RevisionAuthors> files = event.event() instanceof RevisionAuthorsRead read
                ? read.files()
                : event.event() instanceof BranchAuthorsRead branch ? branch.files() : List.of();
        return files.stream().filter(one -> DIGEST.matcher(one.digest()).matches());
    }

    @Override
    public State initial(StreamId.Project target) {
        return new State(target, Map.of());
    }

    @Override
    public State load(StreamId.Project target, List<RecordedEvent> events) {
        return new State(target, of(target.project(), events.stream().flatMap(FileAuthorsView::files)
                .map(RevisionAuthors::digest).collect(Collectors.toSet())));
    }

    @Override
    public State evolve(State state, Batch batch) {
        Map<String, RevisionAuthors> files = new TreeMap<>(state.files);
        batch.events().stream().flatMap(FileAuthorsView::files)
                .forEach(one -> files.merge(one.digest(), one, FileAuthorsView::both));
        return new State(state.project, files);
    }

    private static RevisionAuthors both(RevisionAuthors one, RevisionAuthors other) {
        return new RevisionAuthors(one.digest(), one.generated() || other.generated(),
                both(one.authors(), other.authors()));
    }

    private static @Nullable List<Author> both(@Nullable List<Author> some, @Nullable List<Author> more) {
        if (some == null || more == null) {
            return some == null ? more : some;
        }
        Set<Author> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    @Override
    public void write(State before, State after) {
        Map<String, String> changed = new TreeMap<>();
        after.files.forEach((digest, file) -> {
            if (!file.equals(before.files.get(digest))) {
                changed.put(digest, StoredJson.write(file));
            }
        });
        if (changed.isEmpty()) {
            return;
        }
        // In one order for everybody: two that each wait for what the other inserted would wait for ever.
        database.sql("""
                insert into ledger.file_authors (project, digest, facts)
                select :project, digest, facts::json
                from unnest(:digests::text[], :facts::text[]) as file(digest, facts) order by digest
                on conflict (project, digest) do update set facts = excluded.facts""")
                .param("project", after.project.project())
                .param("digests", changed.keySet().toArray(String[]::new))
                .param("facts", changed.values().toArray(String[]::new))
                .update();
        changed(after.project);
    }

    private void changed(StreamId.Project project) {
        database.sql("insert into ledger.file_authors_mark (project, changes) values (?, 1)"
                + " on conflict (project) do update set changes = ledger.file_authors_mark.changes + 1")
                .param(project.project()).update();
    }

    @Override
    public boolean isStored(State state) {
        Map<String, RevisionAuthors> stored = new TreeMap<>();
        database.sql("select facts from ledger.file_authors where project = ?").param(state.project.project())
                .query((row, _) -> StoredJson.read(row.getString(1), RevisionAuthors.class)).list()
                .forEach(one -> stored.put(one.digest(), one));
        return stored.equals(new TreeMap<>(state.files));
    }

    @Override
    public void delete(StreamId.Project target) {
        if (database.sql("delete from ledger.file_authors where project = ?").param(target.project()).update() > 0) {
            changed(target);
        }
    }

    @Override
    public Set<StreamId.Project> stored() {
        return new LinkedHashSet<>(database.sql("select distinct project from ledger.file_authors order by 1")
                .query((row, _) -> new StreamId.Project(row.getString(1))).list());
    }

    /** Those of these files whose authors or origin are known. */
    Map<String, RevisionAuthors> of(String project, Collection<String> digests) {
        Map<String, RevisionAuthors> known = new TreeMap<>();
        if (!digests.isEmpty()) {
            database.sql("select facts from ledger.file_authors where project = :project and digest = any(:digests)")
                    .param("project", project).param("digests", digests.toArray(String[]::new))
                    .query((row, _) -> StoredJson.read(row.getString(1), RevisionAuthors.class)).list()
                    .forEach(one -> known.put(one.digest(), one));
        }
        return known;
    }

    /** By project, a number that changes with anything that is known of its files. */
    Map<String, Long> marks() {
        Map<String, Long> marks = new TreeMap<>();
        database.sql("select project, changes from ledger.file_authors_mark").query(row -> {
            marks.put(row.getString(1), row.getLong(2));
        });
        return marks;
    }
}
