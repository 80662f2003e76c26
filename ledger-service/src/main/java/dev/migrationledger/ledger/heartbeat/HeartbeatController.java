package dev.migrationledger.ledger.heartbeat;

import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.envelope.HeartbeatAnswer;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.identity.AgentProof;
import dev.migrationledger.ledger.identity.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Events", description = "What agents report")
class HeartbeatController {

    private final ReceivedHeartbeats heartbeats;

    HeartbeatController(ReceivedHeartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    @PostMapping(path = "/api/v1/heartbeat", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Send a heartbeat", description = "If an agent has sent a heartbeat and then falls silent without reporting its stop, the data of its environment"
            + " counts as stale. The answer says which events of the agent the ledger has.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Heartbeat.class))))
    @ApiResponse(responseCode = "200", description = "Heartbeat received", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "unknown-environment: the ledger has no events of it", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    HeartbeatAnswer record(InputStream body, @Parameter(hidden = true) @AuthenticationPrincipal @Nullable Caller caller,
            HttpServletRequest request) throws IOException {
        byte[] json = body.readNBytes(ReceivedHeartbeats.MOST_BYTES);
        AgentProof proof = AgentProof.of(request);
        return proof == null
                ? heartbeats.record(json, Objects.requireNonNull(caller))
                : heartbeats.record(json, proof);
    }
}
