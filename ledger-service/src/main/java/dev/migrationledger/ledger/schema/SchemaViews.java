package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.Batch;
import dev.migrationledger.ledger.recording.StreamId;
import dev.migrationledger.ledger.recording.View;
import dev.migrationledger.ledger.schema.KeptSchemaView.Entry;
import dev.migrationledger.ledger.schema.KeptSchemaView.Index;
import dev.migrationledger.ledger.schema.SchemaView.Told;
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
    private final PartMemory memory;

    SchemaViews(JdbcClient database, PlatformTransactionManager transactions, PartMemory memory) {
        this.database = database;
        this.memory = memory;
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
        return 2;
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
        return kept(view.project(), view.environment()).equals(Optional.of(KeptSchemaView.of(view)));
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
        KeptSchemaView kept = KeptSchemaView.of(view);
        database.sql("""
                insert into ledger.schema_view (project, environment, facts) values (?, ?, ?::json)
                on conflict (project, environment) do update set facts = excluded.facts""")
                .params(view.project(), view.environment(), kept.facts())
                .update();
        Set<String> gone = new HashSet<>(digests(view.project(), view.environment()));
        kept.parts().forEach((digest, json) -> {
            if (!gone.remove(digest)) {
                database.sql("insert into ledger.schema_part (project, environment, digest, content)"
                        + " values (?, ?, ?, ?::json)")
                        .params(view.project(), view.environment(), digest, json)
                        .update();
            }
        });
        for (String digest : gone) {
            database.sql("delete from ledger.schema_part where project = ? and environment = ? and digest = ?")
                    .params(view.project(), view.environment(), digest)
                    .update();
        }
        remember(view, kept);
    }

    private void remember(SchemaView view, KeptSchemaView kept) {
        Index index = Index.read(kept.facts());
        index.schemas()
                .forEach((agent, entry) -> remember(entry, Objects.requireNonNull(view.schemas().get(agent)).what(),
                        kept));
        index.files().forEach((key, entry) -> remember(entry, Objects.requireNonNull(view.files().get(key)).what(),
                kept));
    }

    private void remember(Entry entry, Part part, KeptSchemaView kept) {
        memory.hold(entry.digest(), part, String.valueOf(kept.parts().get(entry.digest())).length());
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
        return new SchemaView(project, environment, index.told(),
                parts(project, environment, index.schemas(), ToldSchema.class),
                parts(project, environment, index.files(), ToldFiles.class));
    }

    private <T extends Part> NavigableMap<String, Told<T>> parts(
            String project, String environment, Map<String, Entry> entries, Class<T> type) {
        NavigableMap<String, Told<T>> parts = new TreeMap<>();
        entries.forEach((key, entry) -> parts.put(key, new Told<>(entry.order(), entry.at(),
                memory.part(entry.digest(), type, () -> content(project, environment, entry.digest())))));
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
    Optional<KeptSchemaView> kept(String project, String environment) {
        Map<String, String> parts = new TreeMap<>();
        database.sql("select digest, content from ledger.schema_part where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    parts.put(row.getString(1), row.getString(2));
                });
        Optional<String> facts = facts(project, environment);
        return facts.isEmpty() && parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeptSchemaView(facts.orElse(""), parts));
    }

    @Override
    public Set<StreamId.Environment> stored() {
        return new LinkedHashSet<>(database.sql("select project, environment from ledger.schema_view"
                + " union select project, environment from ledger.schema_part order by 1, 2")
                .query((row, _) -> StreamId.of(row.getString(1), row.getString(2)))
                .list());
    }
}
