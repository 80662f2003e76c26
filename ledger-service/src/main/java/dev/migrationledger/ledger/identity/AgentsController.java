package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.identity.agents.AgentsDecisions;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/agents", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Agents", description = "Which agents may send, and for which environments")
final class AgentsController {

    private final AgentKeys keys;
    private final AgentActions actions;
    private final FailedAttempts failedAttempts;

    AgentsController(AgentKeys keys, AgentActions actions, Clock clock) {
        this.keys = keys;
        this.actions = actions;
        this.failedAttempts = new FailedAttempts(clock);
    }

    @GetMapping
    @Operation(summary = "List the keys of agents", description = "Those that may send for a project which the caller may read.")
    List<AgentKey> agents(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return keys.all().stream()
                .filter(key -> caller.scope().hasAny(project -> AgentKey.covers(key.project(), project)))
                .toList();
    }

    @PostMapping(path = "/enrolment-codes", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Make a code with which one agent enrols", description = "The answer has the code, this once. In project and environment, * matches any text.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = AgentKey.CodeWanted.class))))
    @ApiResponse(responseCode = "201", description = "The code", content = @Content(schema = @Schema(implementation = AgentKey.Code.class)))
    ResponseEntity<byte[]> issue(@RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        AgentKey.CodeWanted wanted = RequestFields.read(body, AgentKey.CodeWanted.class);
        AgentKey.Code code = actions.issue(wanted, caller.getName());
        // Written here, because every other answer loses what looks like a secret.
        return ResponseEntity.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .body(ContractJson.write(code));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Enrol an agent with a code", description = "The code is the proof; nothing else is needed. The agent signs the request with its key.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = AgentKey.Enrolment.class))))
    @ApiResponse(responseCode = "201", description = "The key, and for which environments it may send", content = @Content(schema = @Schema(implementation = AgentKey.class)))
    @ApiResponse(responseCode = "403", description = "unknown-code or expired-code", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "429", description = "too-many-attempts: wrong codes from this address", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<AgentKey> enrol(@RequestBody byte[] body, HttpServletRequest request) {
        AgentKey.Enrolment wanted = RequestFields.read(body, AgentKey.Enrolment.class);
        String address = request.getRemoteAddr();
        if (failedAttempts.tooMany(address)) {
            throw new Refusal(Refusal.problem(HttpStatus.TOO_MANY_REQUESTS, "too-many-attempts",
                    "%d wrong codes came from %s. Wait a minute.".formatted(FailedAttempts.MOST, address), null));
        }
        String name = Redaction.of(wanted.name().strip());
        AgentActions.checkText("name", name);
        PublicKey publicKey = publicKey(wanted.publicKey());
        String key = Ed25519Signature.keyId(publicKey);
        AgentProof proof = AgentProof.of(request);
        if (proof == null || !proof.signature().key().equals(key)
                || !SignatureCheck.signs(proof.signature(), Purpose.ENROLMENT, Sha256.hex(body), wanted.publicKey())) {
            throw Refusal.invalid("publicKey",
                    "The request is not signed with this key. Sign it with the key's private part.");
        }
        return switch (keys.enrol(wanted.code(), key, wanted.publicKey(), name)) {
            case DONE -> ResponseEntity.status(HttpStatus.CREATED).body(keys.key(key));
            case UNKNOWN, UNCHANGED -> {
                failedAttempts.failed(address);
                throw forbidden("unknown-code",
                        "The code is unknown or was used before. Ask an administrator for a new one.");
            }
            case EXPIRED -> throw forbidden("expired-code",
                    "The code has expired. Ask an administrator for a new one.");
            case ENROLLED_BEFORE -> throw Refusal.conflict("enrolled-before",
                    "The key is enrolled already. Make a new key for a new code.");
            case TOO_MANY -> throw Refusal.conflict("too-many-keys",
                    "%d agents have keys for this pattern. Revoke some first.".formatted(AgentsDecisions.MOST_KEYS));
        };
    }

    @PostMapping(path = "/{key}/renew", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Renew a key", description = "Notes the next state of the key, with which the request is signed. Later requests show that state in the header Migration-Ledger-Key-State.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = AgentKey.Renewal.class))))
    @ApiResponse(responseCode = "204", description = "Noted, now or before")
    @ApiResponse(responseCode = "403", description = "unknown-key, wrong-signature, revoked-key, or suspended-key: another holder has replaced the state", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<Void> renew(@PathVariable String key, @RequestBody byte[] body, HttpServletRequest request) {
        actions.renew(key, body, AgentProof.of(request), request.getRemoteAddr());
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/{key}/revoke", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Revoke a key", description = "Nothing that it signs is accepted any more, from now on.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = AgentKey.Revocation.class))))
    @ApiResponse(responseCode = "200", description = "The key", useReturnTypeSchema = true)
    AgentKey revoke(@PathVariable String key, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return actions.revoke(key, caller.getName(),
                RequestFields.read(body, AgentKey.Revocation.class).reason());
    }

    @PostMapping("/{key}/reinstate")
    @Operation(summary = "Reinstate a suspended key", description = "What it signs is accepted again, from the holder that renews it first. Stop the copy before, or the key is suspended again.")
    @ApiResponse(responseCode = "200", description = "The key", useReturnTypeSchema = true)
    AgentKey reinstate(@PathVariable String key, @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return actions.reinstate(key, caller.getName());
    }

    private static PublicKey publicKey(String text) {
        try {
            return Ed25519Signature.publicKey(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("publicKey",
                    "publicKey is not an Ed25519 key. Send its X.509 SubjectPublicKeyInfo in base 64.");
        }
    }

    private static Refusal forbidden(String code, String detail) {
        return new Refusal(Refusal.problem(HttpStatus.FORBIDDEN, code, detail, "code"));
    }
}
