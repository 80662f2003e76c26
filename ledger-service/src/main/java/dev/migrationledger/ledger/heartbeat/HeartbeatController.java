package dev.migrationledger.ledger.heartbeat;

import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.envelope.HeartbeatAnswer;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.identity.AgentProof;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Events", description = "What agents report")
class HeartbeatController {

    /** Three names and three values have no more. */
    private static final int MOST_BYTES = 10_000;

    private final Heartbeats heartbeats;
    private final LastSequences sequences;
    private final AgentKeys keys;
    private final Clock clock;

    HeartbeatController(Heartbeats heartbeats, LastSequences sequences, AgentKeys keys, Clock clock) {
        this.heartbeats = heartbeats;
        this.sequences = sequences;
        this.keys = keys;
        this.clock = clock;
    }

    @PostMapping(path = "/api/v1/heartbeat", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Send a heartbeat", description = "If an agent has sent a heartbeat and then falls silent without reporting its stop, the data of its environment"
            + " counts as stale. The answer says which events of the agent the ledger has.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Heartbeat.class))))
    @ApiResponse(responseCode = "200", description = "Heartbeat received", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "unknown-environment: the ledger has no events of it", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    HeartbeatAnswer record(InputStream body, @Parameter(hidden = true) @AuthenticationPrincipal @Nullable Caller caller,
            HttpServletRequest request) throws IOException {
        byte[] json = body.readNBytes(MOST_BYTES);
        Heartbeat heartbeat = RequestFields.read(json, Heartbeat.class);
        AgentProof proof = AgentProof.of(request);
        if (proof == null) {
            Objects.requireNonNull(caller).sendsFor(heartbeat.project(), heartbeat.environment());
        } else if (keys.check(proof, Purpose.HEARTBEAT, Sha256.hex(json), heartbeat.project(),
                heartbeat.environment()) instanceof AgentKeys.Check.Refused refused) {
            throw new Refusal(Refusal.problem(HttpStatus.FORBIDDEN, refused.code(), refused.detail(), null));
        }
        if (!heartbeats.record(heartbeat, clock.instant())) {
            throw new Refusal(Refusal.problem(
                    HttpStatus.NOT_FOUND,
                    Heartbeat.UNKNOWN_ENVIRONMENT,
                    "The ledger has no events of %s/%s yet; send events before a heartbeat."
                            .formatted(heartbeat.project(), heartbeat.environment()),
                    null));
        }
        return sequences.answer(heartbeat);
    }
}
