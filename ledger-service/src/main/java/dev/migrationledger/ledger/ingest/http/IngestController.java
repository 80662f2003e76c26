package dev.migrationledger.ledger.ingest.http;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.identity.AgentProof;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.ingest.BatchSpan;
import dev.migrationledger.ledger.ingest.Ingest;
import dev.migrationledger.ledger.ingest.IngestResult;
import dev.migrationledger.ledger.ingest.IngestResult.Accepted;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import dev.migrationledger.ledger.ingest.SignedBatch;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.tracing.LedgerTraces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Events", description = "What agents report")
final class IngestController {

    private final Ingest ingest;
    private final BodyBudget budget;
    private final LedgerTraces traces;

    IngestController(Ingest ingest, BodyBudget budget, LedgerTraces traces) {
        this.ingest = ingest;
        this.budget = budget;
        this.traces = traces;
    }

    /** Records a batch. The body is read by hand: it may be compressed, and must be bounded while it is inflated. */
    @PostMapping(path = "/api/v1/events", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Record a batch of events", description = "Records the whole batch or nothing. A batch has at most 500 events of one agent, epoch and environment, in"
            + " sequence without holes, and at most 32 MiB of JSON. Content-Encoding gzip is supported. Events that the ledger"
            + " already has count as duplicates. A batch that begins too far ahead is refused with the expected sequence. A"
            + " text, list or map that is too long is refused with its path, size and limit (out-of-bounds).", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = EventBatch.class))))
    @ApiResponse(responseCode = "200", description = "The whole batch is on disk; the agent may delete it")
    @ApiResponse(responseCode = "403", description = "unknown-key, wrong-signature, revoked-key, suspended-key or key-elsewhere: the signature proves nothing; outdated-state: renew the key; wrong-project: the access token is for another project; wrong-environment: the pipeline is trusted for others", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "409", description = "sequence-ahead: events before this batch are missing; sequence-conflict: two agents use copies of one spool", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    Receipt record(
            InputStream body,
            @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable String encoding,
            @Parameter(hidden = true) @AuthenticationPrincipal @Nullable Caller caller,
            HttpServletRequest request) {
        AgentProof proof = AgentProof.of(request);
        try (BodyBudget.Share share = budget.share()) {
            byte[] json = RequestBody.read(body, encoding, share);
            EventBatch batch = RequestFields.readLarge(json, EventBatch.class);
            return switch (BatchSpan.of(traces, request.getHeader(LedgerTraces.HEADER), batch, () -> proof == null
                    ? recordUnsigned(batch, Objects.requireNonNull(caller))
                    : ingest.record(SignedBatch.of(batch, json, proof)))) {
                case Accepted(Receipt receipt) -> receipt;
                case Rejection rejection -> throw IngestRefusals.of(rejection);
            };
        }
    }

    private IngestResult recordUnsigned(EventBatch batch, Caller caller) {
        batch.events().forEach(event -> caller.sendsFor(event.project(), event.environment()));
        return ingest.record(batch, caller instanceof Caller.Pipeline pipeline ? pipeline.run() : null);
    }
}
