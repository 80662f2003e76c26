package dev.migrationledger.ledger.webhook.delivery;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.webhook.delivery.Deliveries.NewMessage;
import dev.migrationledger.ledger.webhook.delivery.Deliveries.Waiting;
import dev.migrationledger.ledger.webhook.delivery.WebhookSecrets.Secret;
import dev.migrationledger.ledger.webhook.matter.Matter;
import dev.migrationledger.ledger.webhook.matter.Matters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes messages of what is due, and sends them. A message and what it reports are written in one transaction; whether it was accepted is written
 * after it was sent. A ledger that dies between both sends it again, with the same id.
 */
public final class DeliverWebhooks implements Automation<StreamId.Webhook> {

    private static final Logger log = LoggerFactory.getLogger(DeliverWebhooks.class);

    /** Of one message; more are counted in it. The next message has the rest. */
    private static final int MOST_MATTERS = 2_000;

    /** A receiver that does not answer is left alone until its next turn: others wait for their time, too. */
    private static final int MOST_FAILURES = 3;

    private static final int MOST_MESSAGES = 50;

    /** Nobody else sends a message that was made for a test as long as the test may take. */
    private static final Duration TEST = Duration.ofMinutes(1);

    private final Function<UUID, Optional<Webhook>> webhooks;
    private final Matters matters;
    private final Deliveries deliveries;
    private final WebhookSecrets secrets;
    private final ReceiverClient receivers;
    private final MessageWriter messages;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param address of the ledger's pages, for links; empty: it is not known */
    public DeliverWebhooks(
            Function<UUID, Optional<Webhook>> webhooks, Matters matters, Deliveries deliveries,
            WebhookSecrets secrets, ReceiverClient receivers, String address, TransactionTemplate transaction,
            Clock clock, RandomGenerator random) {
        this.webhooks = webhooks;
        this.matters = matters;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.receivers = receivers;
        this.messages = new MessageWriter(address);
        this.transaction = transaction;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "deliver-webhooks";
    }

    @Override
    public boolean isCausedByEvents() {
        return false;
    }

    @Override
    public Set<StreamId.Webhook> due() {
        return deliveries.due(clock.instant()).stream().map(StreamId.Webhook::new).collect(Collectors.toSet());
    }

    @Override
    public void run(StreamId.Webhook target) {
        run(target, () -> false);
    }

    /** The ledger waits for the answer to a message that is sent: without it, another ledger would send the message again. */
    @Override
    public void run(StreamId.Webhook target, BooleanSupplier stopping) {
        Optional<Webhook> webhook = webhooks.apply(target.webhook());
        if (webhook.isEmpty()) {
            return;
        }
        make(webhook.get());
        int failures = 0;
        for (int sent = 0; sent < MOST_MESSAGES && failures < MOST_FAILURES && !stopping.getAsBoolean(); sent++) {
            Optional<Waiting> next = deliveries.next(target.webhook(), clock.instant());
            if (next.isEmpty()) {
                return;
            }
            failures = send(webhook.get(), next.get()) ? 0 : failures + 1;
        }
    }

    /** One message for each project that has something due. */
    private void make(Webhook webhook) {
        UUID id = webhook.webhook();
        Instant now = clock.instant();
        transaction.executeWithoutResult(_ -> {
            Map<String, List<Matter>> byProject = matters.due(id, now, MOST_MATTERS).stream()
                    .collect(Collectors.groupingBy(matter -> matter.newest().project(), TreeMap::new,
                            Collectors.toList()));
            byProject.forEach((project, due) -> {
                deliveries.add(id, message(webhook, project, due, now), now, now);
                matters.reported(id, due, now);
            });
            matters.forgetOld(id, now);
            deliveries.forgetOld(id, now);
        });
    }

    private NewMessage message(Webhook webhook, String project, List<Matter> due, Instant now) {
        return new NewMessage(messageId(now), project.contains("*") ? null : project,
                due.stream().map(matter -> matter.newest().scope()).collect(Collectors.toSet()), due.size(),
                due.stream().mapToLong(Matter::firstPosition).min().orElse(0),
                due.stream().mapToLong(matter -> matter.newest().position()).max().orElse(0),
                messages.changes(webhook, project, due, now));
    }

    private String messageId(Instant now) {
        return "msg_" + EventIds.next(now, random).toString().replace("-", "");
    }

    /**
     * Sends a message that tries the address, and waits for the answer.
     *
     * @return the id of the message
     */
    public String test(Webhook webhook) {
        Instant now = clock.instant();
        String id = messageId(now);
        deliveries.add(webhook.webhook(), new NewMessage(id, null, Set.of(), 0, 0, 0, messages.test(webhook, now)),
                now, now.plus(TEST));
        send(webhook, deliveries.waiting(id));
        return id;
    }

    /** Whether the receiver took it. */
    private boolean send(Webhook webhook, Waiting message) {
        ReceiverAnswer answer = secrets.find(webhook.webhook()).map(secret -> send(secret, message))
                .orElse(ReceiverAnswer.failed("the address of the webhook is lost: add it again"));
        Instant now = clock.instant();
        if (answer.accepted()) {
            deliveries.accepted(message, answer.words(), now);
            return true;
        }
        Instant first = message.first() == null ? now : message.first();
        RetryPlan.next(message.attempts() + 1, first, now, answer.retryAfter(), random).ifPresentOrElse(
                next -> deliveries.failed(message, answer.words(), now, next),
                () -> deliveries.givenUp(message, answer.words(), now));
        if (message.attempts() == 0 || !now.isBefore(first.plus(RetryPlan.LONGEST))) {
            log.atWarn().addKeyValue("webhook", webhook.name()).addKeyValue("receiver", webhook.origin())
                    .addKeyValue("message", message.id()).addKeyValue("answer", answer.words())
                    .log(message.attempts() == 0 ? "message not accepted; sending it again" : "message given up");
        }
        return false;
    }

    private ReceiverAnswer send(Secret secret, Waiting message) {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        return receivers.post(secret.url(), StandardSignature.headers(secret.key(), message.id(), clock.instant(),
                body), body);
    }
}
