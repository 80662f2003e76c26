package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.AccessToken;
import dev.migrationledger.contracts.identity.Me;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.identity.Identities.Secret;
import dev.migrationledger.ledger.identity.people.PeopleDecisions;
import dev.migrationledger.ledger.identity.people.PeopleResult;
import dev.migrationledger.ledger.identity.people.Roles;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "People", description = "Who the caller is, and access tokens for programs")
final class PeopleController {

    private static final int USUAL_DAYS = 90;

    private final Identities identities;

    PeopleController(Identities identities) {
        this.identities = identities;
    }

    @GetMapping("/me")
    @Operation(summary = "Show who the ledger takes the caller for")
    Me me(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return new Me(caller.getName(), caller instanceof Caller.Person person ? person.name() : null,
                caller.roles().list(), caller instanceof Caller.Person);
    }

    @GetMapping("/access-tokens")
    @Operation(summary = "List access tokens", description = "The caller's own; an administrator of all projects sees everyone's.")
    List<AccessToken> tokens(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return identities.tokens(isAdministrator(caller) ? null : caller.getName()).stream()
                .map(token -> new AccessToken(token.id(), token.person(), Redaction.of(token.name()), token.role(),
                        token.project(), token.issued(), token.until(), null))
                .toList();
    }

    @PostMapping(path = "/access-tokens", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Make an access token", description = "The answer has the token, this once. It may do no more than the caller may.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = AccessToken.Wanted.class))))
    @ApiResponse(responseCode = "201", description = "The token", content = @Content(schema = @Schema(implementation = AccessToken.class)))
    ResponseEntity<byte[]> make(@RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        if (caller instanceof Caller.LocalAdministrator) {
            // It would still open the ledger when it asks for sign-in one day.
            throw new Refusal(Refusal.problem(HttpStatus.CONFLICT, "sign-in-not-required",
                    "This ledger asks no one to sign in, so no token is needed. Set ledger.identity.required=true first.",
                    null));
        }
        AccessToken.Wanted wanted = RequestFields.read(body, AccessToken.Wanted.class);
        String name = wanted.name().strip();
        Role role = Objects.requireNonNullElse(wanted.role(), Role.VIEWER);
        String project = wanted.project();
        int days = Objects.requireNonNullElse(wanted.days(), USUAL_DAYS);
        if (name.isEmpty() || name.length() > AccessToken.LONGEST_NAME) {
            throw Refusal.invalid("name", "The name has %d characters; use 1 to %d.".formatted(name.length(),
                    AccessToken.LONGEST_NAME));
        }
        if (days < 1 || days > AccessToken.LONGEST_DAYS) {
            throw Refusal.invalid("days", "days is %d; use 1 to %d.".formatted(days, AccessToken.LONGEST_DAYS));
        }
        if (!has(caller.roles(), role == Role.AGENT ? Role.ADMINISTRATOR : role, project)) {
            throw Refusal.invalid("role", "A token may do no more than its person; '%s' does not have this role there."
                    .formatted(caller.getName()));
        }
        Secret secret = identities
                .issueToken(caller.getName(), Redaction.of(name), role, project, Duration.ofDays(days))
                .orElseThrow(() -> new Refusal(Refusal.problem(HttpStatus.CONFLICT, "too-many-tokens",
                        "'%s' has %d access tokens; revoke some first.".formatted(caller.getName(),
                                PeopleDecisions.MOST_TOKENS),
                        null)));
        // Written here, because every other answer loses what looks like a secret.
        return ResponseEntity.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .body(ContractJson.write(new AccessToken(secret.id(), caller.getName(), name, role, project,
                        secret.issued(), secret.until(), secret.text())));
    }

    @DeleteMapping("/access-tokens/{token}")
    @Operation(summary = "Revoke an access token", description = "One's own; an administrator of all projects may revoke everyone's. It opens nothing any more, from now on.")
    ResponseEntity<Void> revoke(@PathVariable UUID token,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        if (identities.revokeToken(token, caller.getName(), isAdministrator(caller)) != PeopleResult.DONE) {
            throw Refusal.notFound("No access token '%s' exists, or it belongs to someone else.".formatted(token));
        }
        return ResponseEntity.noContent().build();
    }

    /** A token for all projects does no more than its person may in each of them. */
    private static boolean has(Roles roles, Role role, @Nullable String project) {
        return project == null ? roles.includeSomewhere(role) : roles.include(role, project);
    }

    private static boolean isAdministrator(Caller caller) {
        return caller.may(Role.ADMINISTRATOR, null);
    }
}
