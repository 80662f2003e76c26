package dev.migrationledger.ledger.identity.pipelines;

import dev.migrationledger.contracts.event.IdentityEvent.AboutPipelines;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.OrganisationView;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@link Pipelines}, one row for each. They are read for each request of a pipeline, so that a withdrawn one does nothing more. */
public final class PipelinesView extends OrganisationView<AboutPipelines, Pipelines> {

    private final JdbcClient database;

    public PipelinesView(JdbcClient database) {
        super(AboutPipelines.class, Pipelines.NONE);
        this.database = database;
    }

    @Override
    public String name() {
        return "pipelines";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public Pipelines now() {
        NavigableMap<UUID, TrustedPipeline> trusted = new TreeMap<>();
        of(database.sql("select facts from ledger.trusted_pipeline"))
                .forEach(one -> trusted.put(one.pipeline(), one));
        return new Pipelines(trusted);
    }

    /** Those whose tokens an issuer signs. */
    public List<TrustedPipeline> ofIssuer(String issuer) {
        return of(database.sql("select facts from ledger.trusted_pipeline where issuer = ?").param(issuer));
    }

    private static List<TrustedPipeline> of(JdbcClient.StatementSpec statement) {
        return statement.query(String.class).list().stream()
                .map(facts -> StoredJson.read(Objects.requireNonNull(facts), TrustedPipeline.class)).toList();
    }

    @Override
    protected Pipelines evolve(Pipelines state, AboutPipelines event, Instant recordedAt) {
        return state.evolve(event, recordedAt);
    }

    @Override
    public void write(Pipelines before, Pipelines after) {
        before.trusted().keySet().stream().filter(id -> !after.trusted().containsKey(id)).forEach(
                id -> database.sql("delete from ledger.trusted_pipeline where pipeline = ?").param(id).update());
        after.trusted().values().stream().filter(one -> !one.equals(before.trusted().get(one.pipeline()))).forEach(
                one -> database
                        .sql("insert into ledger.trusted_pipeline (pipeline, issuer, facts) values (?, ?, ?::json)"
                                + " on conflict (pipeline) do update set issuer = excluded.issuer, facts = excluded.facts")
                        .params(one.pipeline(), one.issuer(),
                                StoredJson.write(one))
                        .update());
    }

    @Override
    public boolean isStored(Pipelines state) {
        return now().equals(state);
    }

    @Override
    public void delete(StreamId.Organisation target) {
        database.sql("delete from ledger.trusted_pipeline").update();
    }

    @Override
    public Set<StreamId.Organisation> stored() {
        return database.sql("select from ledger.trusted_pipeline limit 1")
                .query((_, _) -> new StreamId.Organisation()).set();
    }
}
