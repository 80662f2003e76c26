package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.View;
import dev.migrationledger.ledger.schema.SchemaView.Reported;
import dev.migrationledger.ledger.schema.StoredSchemaView.Entry;
import dev.migrationledger.ledger.schema.StoredSchemaView.Index;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Each environment's live schema and the footprints of its revisions, in PostgreSQL. */
public final class SchemaViews implements View<StreamId.Environment, SchemaView> {

    private final JdbcClient database;
    private final TransactionTemplate snapshot;
    private final PartCache cache;

    SchemaViews(JdbcClient database, PlatformTransactionManager transactions, PartCache cache) {
        this.database = database;
        this.cache = cache;
        // A view is several rows: they are read as of one moment, or of that of the transaction that is under way.
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public int form() {
        return 4;
    }

    @Override
    public Optional<StreamId.Environment> target(RecordedEvent event) {
        return SchemaFold.concerns(event) ? StreamId.environment(event) : Optional.empty();
    }

    @Override
    public SchemaView initial(StreamId.Environment target) {
        return SchemaView.empty(target.project(), target.environment());
    }

    @Override
    public SchemaView load(StreamId.Environment target, List<RecordedEvent> events) {
        return facts(target.project(), target.environment())
                .map(facts -> read(target.project(), target.environment(), facts))
                .orElseGet(() -> initial(target));
    }

    @Override
    public SchemaView evolve(SchemaView view, Batch batch) {
        return view.after(batch.events());
    }

    @Override
    public void write(SchemaView before, SchemaView after) {
        write(after);
    }

    @Override
    public boolean isStored(SchemaView view) {
        return stored(view.project(), view.environment()).equals(Optional.of(StoredSchemaView.of(view)));
    }

    /**
     * Empty where no schema and no file of a revision was ever reported. Inside a transaction that has just recorded events, they
     * are in it.
     */
    public Optional<SchemaView> find(String project, String environment) {
        return Optional.ofNullable(snapshot.execute(_ -> facts(project, environment)
                .map(facts -> read(project, environment, facts))
                .orElse(null)));
    }

    private void write(SchemaView view) {
        StoredSchemaView stored = StoredSchemaView.of(view);
        database.sql("""
                insert into ledger.schema_view (project, environment, facts) values (?, ?, ?::json)
                on conflict (project, environment) do update set facts = excluded.facts""")
                .params(view.project(), view.environment(), stored.facts())
                .update();
        Set<String> removed = new HashSet<>(digests(view.project(), view.environment()));
        stored.parts().forEach((digest, json) -> {
            if (!removed.remove(digest)) {
                database.sql("insert into ledger.schema_part (project, environment, digest, content)"
                        + " values (?, ?, ?, ?::json)")
                        .params(view.project(), view.environment(), digest, json)
                        .update();
            }
        });
        for (String digest : removed) {
            database.sql("delete from ledger.schema_part where project = ? and environment = ? and digest = ?")
                    .params(view.project(), view.environment(), digest)
                    .update();
        }
        cache(view, stored);
    }

    private void cache(SchemaView view, StoredSchemaView stored) {
        Index index = Index.read(stored.facts());
        index.schemas()
                .forEach((agent, entry) -> cache(entry, Objects.requireNonNull(view.schemas().get(agent)).value(),
                        stored));
        index.files().forEach((key, entry) -> cache(entry, Objects.requireNonNull(view.files().get(key)).value(),
                stored));
    }

    private void cache(Entry entry, SchemaViewPart part, StoredSchemaView stored) {
        cache.put(entry.digest(), part, String.valueOf(stored.parts().get(entry.digest())).length());
    }

    @Override
    public void delete(StreamId.Environment target) {
        for (String table : List.of("schema_view", "schema_part")) {
            database.sql("delete from ledger." + table + " where project = ? and environment = ?")
                    .params(target.project(), target.environment())
                    .update();
        }
    }

    private Optional<String> facts(String project, String environment) {
        return database.sql("select facts from ledger.schema_view where project = ? and environment = ?")
                .params(project, environment)
                .query(String.class)
                .optional();
    }

    private SchemaView read(String project, String environment, String facts) {
        Index index = Index.read(facts);
        return new SchemaView(project, environment, index.events(),
                parts(project, environment, index.schemas(), ReportedSchema.class),
                parts(project, environment, index.files(), ReportedFiles.class));
    }

    private <T extends SchemaViewPart> NavigableMap<String, Reported<T>> parts(
            String project, String environment, Map<String, Entry> entries, Class<T> type) {
        NavigableMap<String, Reported<T>> parts = new TreeMap<>();
        entries.forEach((key, entry) -> parts.put(key, new Reported<>(entry.order(), entry.at(),
                cache.part(entry.digest(), type, () -> content(project, environment, entry.digest())))));
        return parts;
    }

    private String content(String project, String environment, String digest) {
        return database.sql("select content from ledger.schema_part"
                + " where project = ? and environment = ? and digest = ?")
                .params(project, environment, digest)
                .query(String.class)
                .single();
    }

    private List<String> digests(String project, String environment) {
        return database.sql("select digest from ledger.schema_part where project = ? and environment = ?")
                .params(project, environment)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** As its rows hold it; empty where there is none. */
    Optional<StoredSchemaView> stored(String project, String environment) {
        Map<String, String> parts = new TreeMap<>();
        database.sql("select digest, content from ledger.schema_part where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    parts.put(row.getString(1), row.getString(2));
                });
        Optional<String> facts = facts(project, environment);
        return facts.isEmpty() && parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new StoredSchemaView(facts.orElse(""), parts));
    }

    @Override
    public Set<StreamId.Environment> stored() {
        return new LinkedHashSet<>(database.sql("select project, environment from ledger.schema_view"
                + " union select project, environment from ledger.schema_part order by 1, 2")
                .query((row, _) -> StreamId.of(row.getString(1), row.getString(2)))
                .list());
    }
}
