package dev.migrationledger.ledger.webhook;

import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.contracts.webhook.WebhookDelivery;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.problem.PageRequest;
import dev.migrationledger.ledger.problem.RequestFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
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

    private final Webhooks webhooks;
    private final WebhookRequests requests;

    WebhooksController(Webhooks webhooks, WebhookRequests requests) {
        this.webhooks = webhooks;
        this.requests = requests;
    }

    @GetMapping
    @Operation(summary = "List webhooks", description = "Those of one project, or all. Addresses are shown without what may be a secret.")
    List<Webhook> list(@PathVariable(required = false) @Nullable String project) {
        return webhooks.all().stream().filter(one -> WebhookRequests.isOf(one, project)).toList();
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Add a webhook", description = "It reports what is recorded from now on. The answer has the secret that verifies signatures; it is not shown again.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Webhook.Wanted.class))))
    @ApiResponse(responseCode = "201", description = "The webhook and its secret", content = @Content(schema = @Schema(implementation = Webhook.Added.class)))
    @ApiResponse(responseCode = "409", description = "too-many-webhooks", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<byte[]> add(@PathVariable(required = false) @Nullable String project, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        Webhook.Wanted wanted = RequestFields.read(body, Webhook.Wanted.class);
        Webhook.Added added = requests.add(wanted, project, caller.getName());
        // Written here, because every other answer loses what looks like a secret.
        return ResponseEntity.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(ContractJson.write(added));
    }

    @DeleteMapping("/{webhook}")
    @Operation(summary = "Remove a webhook", description = "Nothing is sent to it any more. Its messages are forgotten.")
    ResponseEntity<Void> remove(@PathVariable(required = false) @Nullable String project, @PathVariable UUID webhook,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        if (!webhooks.remove(requests.find(project, webhook), caller.getName())) {
            throw WebhookRequests.notFound(webhook);
        }
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{webhook}/deliveries")
    @Operation(summary = "List the messages of a webhook", description = "The newest first, with what became of each. Messages that ended are listed for 30 days.")
    List<WebhookDelivery> deliveries(
            @PathVariable(required = false) @Nullable String project, @PathVariable UUID webhook,
            @Parameter(description = PageRequest.LIMIT) @RequestParam(required = false) @Nullable String limit) {
        return webhooks.deliveries(requests.find(project, webhook), 0, PageRequest.limit(limit));
    }

    @PostMapping("/{webhook}/test")
    @Operation(summary = "Send a message to try a webhook", description = "Waits for the receiver's answer. If it is not accepted, the message is sent again like every other.")
    WebhookDelivery test(@PathVariable(required = false) @Nullable String project, @PathVariable UUID webhook) {
        return webhooks.test(requests.find(project, webhook));
    }

    @PostMapping("/{webhook}/replay")
    @Operation(summary = "Send messages again", description = "In their order and with the same ids, also those that were accepted or given up.")
    WebhookDelivery.Replay replay(
            @PathVariable(required = false) @Nullable String project, @PathVariable UUID webhook,
            @Parameter(description = "Messages about events at this position of the log, or later") @RequestParam long from) {
        return webhooks.replay(requests.find(project, webhook), from);
    }
}
