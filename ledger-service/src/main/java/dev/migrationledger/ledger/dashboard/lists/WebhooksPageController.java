package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.contracts.webhook.WebhookDelivery;
import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.dashboard.action.ActionLink;
import dev.migrationledger.ledger.dashboard.action.WebhookActionsController;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.webhook.WebhookRequests;
import dev.migrationledger.ledger.webhook.Webhooks;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Where the ledger sends messages, whether they arrive, and the messages of one webhook. For administrators of all projects. */
@Controller
@Hidden
class WebhooksPageController {

    private static final int MOST_DELIVERIES = 100;

    private final Webhooks webhooks;
    private final WebhookRequests requests;
    private final Clock clock;

    WebhooksPageController(Webhooks webhooks, WebhookRequests requests, Clock clock) {
        this.webhooks = webhooks;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * A webhook in words.
     *
     * @param reports what it is about
     * @param last what became of its newest message; absent: there was none
     * @param address of its messages
     */
    record Item(
            String name, String receiver, String format, String reports, @Nullable MessageItem last, String address,
            PageTime since, String by) {}

    /**
     * A message in words.
     *
     * @param state what became of it
     * @param answer of the receiver, or why there was none; empty: it was not sent yet
     * @param next when it is sent again; absent: it is not
     * @param positions of the events that it is about
     * @param events what the audit has of them; absent: it is about none
     */
    record MessageItem(
            String id, String about, String tone, String state, String answer, int attempts, PageTime made,
            @Nullable PageTime next, String positions, @Nullable String events) {}

    @GetMapping("/webhooks")
    String webhooks(Model model) {
        Instant now = clock.instant();
        model.addAttribute("webhooks", webhooks.all().stream()
                .sorted(Comparator.comparing(Webhook::name).thenComparing(Webhook::webhook)).map(it -> item(it, now))
                .toList());
        return "webhooks";
    }

    /**
     * The page of a webhook.
     *
     * @param skipped how many messages the pages before showed
     */
    @GetMapping("/webhooks/{webhook}")
    String webhook(
            @PathVariable UUID webhook, @RequestParam(name = "messages", defaultValue = "0") int skipped,
            Model model) {
        Instant now = clock.instant();
        Webhook found = requests.find(null, webhook);
        model.addAttribute("webhook", item(found, now));
        int from = Offset.of(skipped);
        List<WebhookDelivery> messages = webhooks.deliveries(found, from, MOST_DELIVERIES + 1);
        model.addAttribute("messages", messages.stream().limit(MOST_DELIVERIES).map(it -> message(it, now)).toList());
        model.addAttribute("first", from == 0 ? null : "/webhooks/" + webhook);
        model.addAttribute("next", messages.size() > MOST_DELIVERIES
                ? PageAddress.of("/webhooks/" + webhook, "messages", from + MOST_DELIVERIES)
                : null);
        List<ActionLink> actions = WebhookActionsController.offered(found);
        model.addAttribute("actions", actions);
        return "webhook";
    }

    private Item item(Webhook it, Instant now) {
        MessageItem last = webhooks.deliveries(it, 0, 1).stream().findFirst().map(one -> message(one, now))
                .orElse(null);
        return new Item(Redaction.of(it.name()), it.origin(), it.format().name().toLowerCase(Locale.ROOT),
                Redaction.of(reports(it)), last, "/webhooks/" + it.webhook(), PageTime.of(it.since(), now),
                Redaction.of(it.by()));
    }

    private static String reports(Webhook it) {
        String kinds = it.kinds().size() == WebhookKind.values().length
                ? "everything"
                : ListText.and(it.kinds().stream().map(AuditKeys::word).toList());
        String labels = new TreeMap<>(it.labels()).entrySet().stream().map(one -> one.getKey() + "=" + one.getValue())
                .reduce("", (all, one) -> all + " " + one);
        return "%s of %s/%s%s; divergences from %s".formatted(kinds, it.project(), it.environment(), labels,
                it.severity().name().toLowerCase(Locale.ROOT));
    }

    private static MessageItem message(WebhookDelivery it, Instant now) {
        String project = it.project();
        String about = (project == null ? "all projects" : project)
                + (it.environments().isEmpty() ? "" : ": " + ListText.and(it.environments(), 3));
        String answer = it.lastAnswer();
        return new MessageItem(it.id(), Redaction.of(about), tone(it), state(it),
                answer == null ? "" : Redaction.of(answer), it.attempts(), PageTime.of(it.createdAt(), now),
                it.nextAttempt() == null ? null : PageTime.exactly(it.nextAttempt()),
                it.lastPosition() == 0
                        ? "none"
                        : it.firstPosition() == it.lastPosition()
                                ? "#" + it.firstPosition()
                                : "#%d to #%d".formatted(it.firstPosition(), it.lastPosition()),
                it.lastPosition() == 0
                        ? null
                        : PageAddress.audit("position:%d..%d".formatted(it.firstPosition(), it.lastPosition())));
    }

    private static String state(WebhookDelivery it) {
        return switch (it.state()) {
            case WAITING ->
                it.attempts() == 0 ? Glyph.TO_COME.with("waiting") : Glyph.ATTENTION.with("not accepted yet");
            case ACCEPTED -> Glyph.FINE.with("accepted");
            case GIVEN_UP -> Glyph.WRONG.with("given up");
        };
    }

    private static String tone(WebhookDelivery it) {
        return switch (it.state()) {
            case WAITING -> it.attempts() == 0 ? "quiet" : "due";
            case ACCEPTED -> "good";
            case GIVEN_UP -> "bad";
        };
    }
}
