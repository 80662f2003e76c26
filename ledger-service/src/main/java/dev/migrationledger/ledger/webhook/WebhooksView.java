package dev.migrationledger.ledger.webhook;

import dev.migrationledger.contracts.event.WebhookEvent;
import dev.migrationledger.contracts.event.WebhookEvent.WebhookAdded;
import dev.migrationledger.contracts.event.WebhookEvent.WebhookRemoved;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.OrganisationView;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The webhooks that there are, one row for each. */
final class WebhooksView extends OrganisationView<WebhookEvent, WebhooksView.All> {

    private final JdbcClient database;

    WebhooksView(JdbcClient database) {
        super(WebhookEvent.class, new All(new TreeMap<>()));
        this.database = database;
    }

    /** By their ids. */
    record All(NavigableMap<UUID, Webhook> webhooks) {}

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public All now() {
        NavigableMap<UUID, Webhook> all = new TreeMap<>();
        database.sql("select facts from ledger.webhook").query(String.class).list()
                .forEach(facts -> {
                    Webhook one = StoredJson.read(Objects.requireNonNull(facts), Webhook.class);
                    all.put(one.webhook(), one);
                });
        return new All(all);
    }

    List<Webhook> all() {
        return List.copyOf(now().webhooks().values());
    }

    boolean isEmpty() {
        return stored().isEmpty();
    }

    Optional<Webhook> find(UUID webhook) {
        return database.sql("select facts from ledger.webhook where webhook = ?").param(webhook)
                .query((row, _) -> StoredJson.read(row.getString(1), Webhook.class)).optional();
    }

    @Override
    protected All evolve(All state, WebhookEvent event, Instant recordedAt) {
        NavigableMap<UUID, Webhook> changed = new TreeMap<>(state.webhooks());
        switch (event) {
            case WebhookAdded it -> changed.put(it.webhook(), new Webhook(it.webhook(), it.name(), it.origin(),
                    it.project(), it.environment(), it.labels(), new LinkedHashSet<>(it.kinds()), it.severity(),
                    it.format(), it.by(), recordedAt));
            case WebhookRemoved it -> changed.remove(it.webhook());
        }
        return new All(changed);
    }

    @Override
    public void write(All before, All after) {
        before.webhooks().keySet().stream().filter(id -> !after.webhooks().containsKey(id)).forEach(
                id -> database.sql("delete from ledger.webhook where webhook = ?").param(id).update());
        after.webhooks().values().stream().filter(one -> !one.equals(before.webhooks().get(one.webhook())))
                .forEach(one -> database.sql("insert into ledger.webhook (webhook, facts) values (?, ?::json)"
                        + " on conflict (webhook) do update set facts = excluded.facts")
                        .params(one.webhook(), StoredJson.write(one)).update());
    }

    @Override
    public boolean isStored(All state) {
        return now().equals(state);
    }

    @Override
    public void delete(StreamId.Organisation target) {
        database.sql("delete from ledger.webhook").update();
    }

    @Override
    public Set<StreamId.Organisation> stored() {
        return database.sql("select from ledger.webhook limit 1").query((_, _) -> new StreamId.Organisation()).set();
    }
}
