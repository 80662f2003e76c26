package dev.migrationledger.ledger.ingest;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.SizeLimits;
import dev.migrationledger.contracts.wire.WireException;
import dev.migrationledger.ledger.environment.EnvironmentBusy;
import dev.migrationledger.ledger.environment.Environments;
import dev.migrationledger.ledger.environment.RecordEvents;
import dev.migrationledger.ledger.environment.Recording;
import dev.migrationledger.ledger.environment.Recording.Recorded;
import dev.migrationledger.ledger.environment.Recording.SequenceAhead;
import dev.migrationledger.ledger.environment.Recording.SequenceConflict;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "events", description = "What agents witnessed")
final class IngestController {

    private static final Logger log = LoggerFactory.getLogger(IngestController.class);

    private final Environments environments;
    private final Clock clock;
    private final BodyBudget budget;
    private final RandomGenerator random = new SecureRandom();

    IngestController(Environments environments, Clock clock, BodyBudget budget) {
        this.environments = environments;
        this.clock = clock;
        this.budget = budget;
    }

    /** Records a batch. The body is read by hand: it may be compressed, and must be bounded while it is inflated. */
    @PostMapping(path = "/api/v1/events", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Record a batch of events, all of it or none", description = "At most 500 events of one agent, epoch and environment, in sequence without holes, as JSON of at"
            + " most 32 MiB; Content-Encoding gzip is understood. Events that are known already are answered as"
            + " duplicates. A batch that begins too far ahead is refused with the sequence expected, and a text,"
            + " list or map that is longer than it may be with its path, its size and its bound (out-of-bounds).", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = EventBatch.class))))
    @ApiResponse(responseCode = "200", description = "All of the batch is on disk; the agent may forget it")
    @ApiResponse(responseCode = "409", description = "sequence-ahead: events before this batch are missing; sequence-conflict: two spools share an epoch", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    Receipt record(
            InputStream body,
            @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable String encoding) {
        try (BodyBudget.Share share = budget.share()) {
            EventBatch batch = read(BatchBody.read(body, encoding, share));
            BatchRules.firstProblem(batch).ifPresent(problem -> {
                throw new Refusal(problem);
            });
            return receipt(decide(batch), batch.events().getFirst());
        }
    }

    private static EventBatch read(byte[] json) {
        try {
            SizeLimits.check(json);
            return ContractJson.read(json, EventBatch.class);
        } catch (WireException e) {
            throw Refusal.of(e);
        }
    }

    private Recording decide(EventBatch batch) {
        Instant now = clock.instant();
        try {
            return environments
                    .record(new RecordEvents(batch.events(), now, EventIds.next(now, random), batch.sentAt()));
        } catch (EnvironmentBusy e) {
            throw Refusal.unavailable(e.getMessage() + "; try again.", Duration.ofSeconds(1), null);
        } catch (ConcurrencyException e) {
            throw Refusal.unavailable(
                    "other ledgers are recording about the same environment at the same moment; try again",
                    Duration.ofSeconds(1),
                    e);
        }
    }

    private static Receipt receipt(Recording recording, AgentEnvelope first) {
        return switch (recording) {
            case Recorded(var events, Receipt receipt) -> {
                log.atLevel(events.isEmpty() ? Level.DEBUG : Level.INFO)
                        .addKeyValue("project", first.project())
                        .addKeyValue("environment", first.environment())
                        .addKeyValue("agent", first.agent())
                        .addKeyValue("events", receipt.recorded())
                        .addKeyValue("duplicates", receipt.duplicates())
                        .addKeyValue("lastSequence", receipt.lastSequence())
                        .log("recorded");
                yield receipt;
            }
            case SequenceAhead ahead -> throw new Refusal(ahead(ahead));
            case SequenceConflict conflict -> throw new Refusal(conflict(conflict));
        };
    }

    private static Problem ahead(SequenceAhead ahead) {
        return new Problem(
                "about:blank",
                HttpStatus.CONFLICT.getReasonPhrase(),
                HttpStatus.CONFLICT.value(),
                "the batch begins with sequence %d of agent '%s', epoch %s, but %d comes next; send from there on"
                        .formatted(ahead.sequence(), ahead.agent(), ahead.epoch(), ahead.expected()),
                "sequence-ahead",
                "events[0].sequence",
                ahead.expected());
    }

    private static Problem conflict(SequenceConflict conflict) {
        return Refusal.problem(
                HttpStatus.CONFLICT,
                "sequence-conflict",
                ("sequence %d of agent '%s', epoch %s, is known as event %s and came again as %s: two agents use copies of"
                        + " one spool; give one of them a new spool")
                        .formatted(
                                conflict.sequence(),
                                conflict.agent(),
                                conflict.epoch(),
                                conflict.known(),
                                conflict.received()),
                null);
    }
}
