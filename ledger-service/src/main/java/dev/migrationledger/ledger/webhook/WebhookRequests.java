package dev.migrationledger.ledger.webhook;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.PlainNames;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.contracts.webhook.WebhookFormat;
import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.ledger.identity.EnvironmentPattern;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.webhook.delivery.ReceiverAddress;
import dev.migrationledger.ledger.webhook.delivery.StandardSignature;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks what is asked of webhooks, for the API and for the pages. */
public final class WebhookRequests {

    public static final int LONGEST_NAME = 100;

    private static final int MOST_LABELS = 10;

    private final Webhooks webhooks;
    private final ReceiverAddress addresses;

    WebhookRequests(Webhooks webhooks, ReceiverAddress addresses) {
        this.webhooks = webhooks;
        this.addresses = addresses;
    }

    /**
     * The webhook that would be added.
     *
     * @param project that the address of the request names; absent: all
     * @throws Refusal that says what is wrong
     */
    public Webhook check(Webhook.Wanted wanted, @Nullable String project, String by) {
        String url = wanted.url().strip();
        addresses.problem(url).ifPresent(problem -> {
            throw Refusal.invalid("url", problem);
        });
        key(wanted.secret());
        Webhook webhook = webhook(wanted, project, URI.create(url), by);
        if (webhooks.isFull()) {
            throw Refusal.conflict("too-many-webhooks",
                    "%d webhooks exist. Remove some first.".formatted(Webhooks.MOST));
        }
        return webhook;
    }

    /**
     * Adds a webhook.
     *
     * @throws Refusal that says what is wrong
     */
    public Webhook.Added add(Webhook.Wanted wanted, @Nullable String project, String by) {
        Webhook webhook = check(wanted, project, by);
        StandardSignature.Key key = key(wanted.secret());
        return new Webhook.Added(webhooks.add(webhook, URI.create(wanted.url().strip()), key), key.text());
    }

    /**
     * A webhook of a project, or any.
     *
     * @throws Refusal with status 404 if it does not exist. Who administers one project does not change what reports others, too
     */
    public Webhook find(@Nullable String project, UUID webhook) {
        return webhooks.find(webhook).filter(one -> isOf(one, project)).orElseThrow(() -> notFound(webhook));
    }

    static boolean isOf(Webhook webhook, @Nullable String project) {
        return project == null || webhook.project().equals(PlainNames.check("project", project));
    }

    static Refusal notFound(UUID webhook) {
        return Refusal.notFound("No webhook '%s' exists.".formatted(webhook));
    }

    private Webhook webhook(Webhook.Wanted wanted, @Nullable String project, URI url, String by) {
        String of = wanted.project() == null ? project : wanted.project();
        if (project != null && !project.equals(of)) {
            throw Refusal.invalid("project", "The project is '%s', and the address names '%s'. Name one of them."
                    .formatted(Redaction.of(String.valueOf(of)), project));
        }
        Set<WebhookKind> kinds = wanted.kinds() == null ? EnumSet.allOf(WebhookKind.class) : wanted.kinds();
        if (kinds.isEmpty()) {
            throw Refusal.invalid("kinds", "The list of kinds is empty. Name one, or leave it out for all.");
        }
        return new Webhook(webhooks.newId(), RequestFields.text("name", wanted.name(), LONGEST_NAME),
                ReceiverAddress.origin(url), EnvironmentPattern.check("project", of == null ? "*" : of),
                EnvironmentPattern.check("environment", wanted.environment() == null ? "*" : wanted.environment()),
                labels(wanted.labels() == null ? Map.of() : wanted.labels()), kinds,
                wanted.severity() == null ? Severity.WARNING : wanted.severity(),
                wanted.format() == null ? WebhookFormat.JSON : wanted.format(), by, webhooks.now());
    }

    private static Map<String, String> labels(Map<String, String> labels) {
        if (labels.size() > MOST_LABELS) {
            throw Refusal.invalid("labels", "%d labels are named; use at most %d.".formatted(labels.size(),
                    MOST_LABELS));
        }
        labels.forEach((name, value) -> {
            RequestFields.text("label", name, LONGEST_NAME);
            RequestFields.text("label", value, LONGEST_NAME);
        });
        return labels;
    }

    private StandardSignature.Key key(@Nullable String secret) {
        return secret == null
                ? webhooks.newKey()
                : StandardSignature.Key.of(secret.strip()).orElseThrow(() -> Refusal.invalid("secret",
                        "The secret is not 'whsec_' and 24 to 64 bytes in base 64. Leave it out to get one."));
    }
}
