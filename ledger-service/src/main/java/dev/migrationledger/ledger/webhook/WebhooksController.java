package dev.migrationledger.ledger.webhook;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.PlainNames;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.contracts.webhook.WebhookDelivery;
import dev.migrationledger.contracts.webhook.WebhookFormat;
import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.identity.EnvironmentPattern;
import dev.migrationledger.ledger.problem.PageRequest;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.webhook.delivery.ReceiverAddress;
import dev.migrationledger.ledger.webhook.delivery.StandardSignature;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks of all projects, and of one for who administers only that. */
@RestController
@RequestMapping(path = {"/api/v1/webhooks",
    "/api/v1/projects/{project}/webhooks"}, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Webhooks", description = "Where the ledger sends messages")
final class WebhooksController {

    private static final int LONGEST_NAME = 100;

    private static final int MOST_LABELS = 10;

    private final Webhooks webhooks;
    private final ReceiverAddress addresses;

    WebhooksController(Webhooks webhooks, ReceiverAddress addresses) {
        this.webhooks = webhooks;
        this.addresses = addresses;
    }

    @GetMapping
    @Operation(summary = "List webhooks", description = "Those of one project, or all. Addresses are shown without what may be a secret.")
    List<Webhook> list(@PathVariable(required = false) @Nullable String project) {
        return webhooks.all().stream().filter(one -> isOf(one, project)).toList();
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Add a webhook", description = "It reports what is recorded from now on. The answer has the secret that verifies signatures; it is not shown again.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Webhook.Wanted.class))))
    @ApiResponse(responseCode = "201", description = "The webhook and its secret", content = @Content(schema = @Schema(implementation = Webhook.Added.class)))
    @ApiResponse(responseCode = "409", description = "too-many-webhooks", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<byte[]> add(@PathVariable(required = false) @Nullable String project, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        Webhook.Wanted wanted = RequestFields.read(body, Webhook.Wanted.class);
        String url = wanted.url().strip();
        addresses.problem(url).ifPresent(problem -> {
            throw Refusal.invalid("url", problem);
        });
        StandardSignature.Key key = key(wanted.secret());
        Webhook webhook = webhook(wanted, project, URI.create(url), caller);
        if (webhooks.isFull()) {
            throw Refusal.conflict("too-many-webhooks",
                    "%d webhooks exist. Remove some first.".formatted(Webhooks.MOST));
        }
        // Written here, because every other answer loses what looks like a secret.
        return ResponseEntity.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(ContractJson.write(new Webhook.Added(webhooks.add(webhook, URI.create(url), key), key.text())));
    }

    private Webhook webhook(Webhook.Wanted wanted, @Nullable String project, URI url, Principal caller) {
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
                wanted.format() == null ? WebhookFormat.JSON : wanted.format(), caller.getName(), webhooks.now());
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

    @DeleteMapping("/{webhook}")
    @Operation(summary = "Remove a webhook", description = "Nothing is sent to it any more. Its messages are forgotten.")
    ResponseEntity<Void> remove(@PathVariable(required = false) @Nullable String project, @PathVariable UUID webhook,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        if (!webhooks.remove(find(project, webhook), caller.getName())) {
            throw notFound(webhook);
        }
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{webhook}/deliveries")
    @Operation(summary = "List the messages of a webhook", description = "The newest first, with what became of each. Messages that ended are listed for 30 days.")
    List<WebhookDelivery> deliveries(
            @PathVariable(required = false) @Nullable String project, @PathVariable UUID webhook,
            @Parameter(description = PageRequest.LIMIT) @RequestParam(required = false) @Nullable String limit) {
        return webhooks.deliveries(find(project, webhook), PageRequest.limit(limit));
    }

    @PostMapping("/{webhook}/test")
    @Operation(summary = "Send a message to try a webhook", description = "Waits for the receiver's answer. If it is not accepted, the message is sent again like every other.")
    WebhookDelivery test(@PathVariable(required = false) @Nullable String project, @PathVariable UUID webhook) {
        return webhooks.test(find(project, webhook));
    }

    @PostMapping("/{webhook}/replay")
    @Operation(summary = "Send messages again", description = "In their order and with the same ids, also those that were accepted or given up.")
    WebhookDelivery.Replay replay(
            @PathVariable(required = false) @Nullable String project, @PathVariable UUID webhook,
            @Parameter(description = "Messages about events at this position of the log, or later") @RequestParam long from) {
        return webhooks.replay(find(project, webhook), from);
    }

    private Webhook find(@Nullable String project, UUID webhook) {
        return webhooks.find(webhook).filter(one -> isOf(one, project)).orElseThrow(() -> notFound(webhook));
    }

    /** Who administers one project does not change what reports others, too. */
    private static boolean isOf(Webhook webhook, @Nullable String project) {
        return project == null || webhook.project().equals(PlainNames.check("project", project));
    }

    private static Refusal notFound(UUID webhook) {
        return Refusal.notFound("No webhook '%s' exists.".formatted(webhook));
    }
}
