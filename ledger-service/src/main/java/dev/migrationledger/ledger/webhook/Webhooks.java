package dev.migrationledger.ledger.webhook;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.contracts.webhook.WebhookDelivery;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.webhook.WebhookCommand.AddWebhook;
import dev.migrationledger.ledger.webhook.WebhookCommand.RemoveWebhook;
import dev.migrationledger.ledger.webhook.delivery.Deliveries;
import dev.migrationledger.ledger.webhook.delivery.DeliverWebhooks;
import dev.migrationledger.ledger.webhook.delivery.StandardSignature;
import dev.migrationledger.ledger.webhook.delivery.WebhookSecrets;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds, removes and shows webhooks. */
public final class Webhooks {

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);

    /** Each event is compared with all of them. */
    static final int MOST = 200;

    private final Recorder recorder;
    private final WebhooksView view;
    private final WebhookSecrets secrets;
    private final Deliveries deliveries;
    private final DeliverWebhooks delivery;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Webhooks(Recorder recorder, WebhooksView view, WebhookSecrets secrets, Deliveries deliveries,
            DeliverWebhooks delivery, Clock clock) {
        this.recorder = recorder;
        this.view = view;
        this.secrets = secrets;
        this.deliveries = deliveries;
        this.delivery = delivery;
        this.clock = clock;
    }

    public List<Webhook> all() {
        return view.all();
    }

    Optional<Webhook> find(UUID webhook) {
        return view.find(webhook);
    }

    boolean isFull() {
        return view.all().size() >= MOST;
    }

    /** A new key that signs. */
    StandardSignature.Key newKey() {
        return StandardSignature.Key.random(random);
    }

    UUID newId() {
        return EventIds.next(clock.instant(), random);
    }

    Instant now() {
        return clock.instant();
    }

    /** The webhook as it is recorded. */
    Webhook add(Webhook webhook, URI url, StandardSignature.Key key) {
        recorder.decide(WebhookDecisions.DECIDER, new AddWebhook(newId(), clock.instant(), webhook));
        // Afterwards: what belongs to no webhook is deleted. A ledger that dies here leaves one whose deliveries say that it lacks its address.
        secrets.keep(webhook.webhook(), url, key);
        log.atInfo().addKeyValue("webhook", webhook.name()).addKeyValue("receiver", webhook.origin())
                .addKeyValue("project", webhook.project()).addKeyValue("by", webhook.by()).log("webhook added");
        return view.find(webhook.webhook()).orElse(webhook);
    }

    /** Nothing is sent to it any more; its secrets and its messages are forgotten. */
    public boolean remove(Webhook webhook, String by) {
        boolean removed = recorder.decide(WebhookDecisions.DECIDER, new RemoveWebhook(newId(), clock.instant(),
                webhook.webhook(), webhook.project(), by)).result();
        deliveries.forgetRemoved();
        if (removed) {
            log.atInfo().addKeyValue("webhook", webhook.name()).addKeyValue("by", by).log("webhook removed");
        }
        return removed;
    }

    /** The newest first, without some of them. */
    public List<WebhookDelivery> deliveries(Webhook webhook, int skipped, int most) {
        return deliveries.newest(webhook.webhook(), skipped, most);
    }

    public WebhookDelivery test(Webhook webhook) {
        return deliveries.find(delivery.test(webhook));
    }

    public WebhookDelivery.Replay replay(Webhook webhook, long from) {
        WebhookDelivery.Replay replay = deliveries.replay(webhook.webhook(), from, clock.instant());
        log.atInfo().addKeyValue("webhook", webhook.name()).addKeyValue("from", from)
                .addKeyValue("messages", replay.messages()).log("messages are sent again");
        return replay;
    }
}
