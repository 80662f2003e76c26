package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.Person;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.identity.people.People.Known;
import dev.migrationledger.ledger.identity.people.People.SignIn;
import dev.migrationledger.ledger.identity.people.PeopleDecisions;
import dev.migrationledger.ledger.identity.people.PeopleResult;
import dev.migrationledger.ledger.identity.people.Roles;
import dev.migrationledger.ledger.problem.PageRequest;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Roles", description = "What people may do, in one project or in all")
final class RolesController {

    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** Issuer and subject, or the local administrator. */
    private static final Pattern PERSON = Pattern.compile("local|https?://[^\\s\\p{Cntrl}]+ [^\\s\\p{Cntrl}]+");

    private final Identities identities;

    RolesController(Identities identities) {
        this.identities = identities;
    }

    @GetMapping("/people")
    @Operation(summary = "List the people who have roles or signed in", description = "By id. An administrator of single projects sees roles in these, and roles in all projects.")
    @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true, headers = @Header(name = "Link", description = PageRequest.LINK, schema = @Schema(type = "string")))
    ResponseEntity<List<Person>> people(
            @Parameter(description = PageRequest.AFTER) @RequestParam(required = false) @Nullable String after,
            @Parameter(description = PageRequest.LIMIT) @RequestParam(required = false) @Nullable String limit,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        PageRequest page = PageRequest.read(after, limit);
        return page.answer(identities.known().tailMap(page.after(), false).entrySet().stream()
                .map(one -> person(one.getKey(), one.getValue(), caller))
                .filter(person -> person.signedIn() != null || !person.roles().isEmpty())
                .limit(page.limit() + 1L)
                .toList(), Person::person, request);
    }

    private static Person person(String id, Known known, Caller caller) {
        SignIn signIn = known.signIn();
        List<GrantedRole> roles = visible(known.granted(), caller);
        return signIn == null
                ? new Person(id, null, null, roles, List.of(), null)
                : new Person(id, signIn.name(), signIn.email(), roles, visible(signIn.roles(), caller), signIn.at());
    }

    private static List<GrantedRole> visible(Roles roles, Caller caller) {
        return roles.list().stream()
                .filter(role -> role.project() == null || caller.may(Role.ADMINISTRATOR, role.project()))
                .toList();
    }

    @PutMapping(path = "/roles", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Grant a person a role in all projects", description = "In place of the one that they have there. It counts from now on.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Person.Grant.class))))
    @ApiResponse(responseCode = "200", description = "The role", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "own-role, last-administrator or too-many-roles", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    GrantedRole grantEverywhere(@RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return grant(body, null, caller);
    }

    @PutMapping(path = "/projects/{project}/roles", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Grant a person a role in a project", description = "In place of the one that they have there. It counts from now on.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Person.Grant.class))))
    @ApiResponse(responseCode = "200", description = "The role", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "own-role or too-many-roles", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    GrantedRole grant(@PathVariable String project, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        if (!PROJECT.matcher(project).matches()) {
            throw Refusal.invalid("project",
                    "'%s' is not a name of a project. Use letters, digits, '.', '_' and '-'."
                            .formatted(Redaction.of(project)));
        }
        return grant(body, project, caller);
    }

    private GrantedRole grant(byte[] body, @Nullable String project, Caller caller) {
        Person.Grant wanted = RequestFields.read(body, Person.Grant.class);
        if (wanted.person().length() > Person.LONGEST_ID || !PERSON.matcher(wanted.person()).matches()
                || !Redaction.of(wanted.person()).equals(wanted.person())) {
            throw Refusal.invalid("person",
                    "This is not the id of a person. Use issuer and subject with a blank between them, or 'local'.");
        }
        if (wanted.role() == Role.AGENT) {
            throw Refusal.invalid("role",
                    "The role 'agent' is for access tokens. Use viewer, approver or administrator.");
        }
        return switch (identities.grant(wanted.person(), wanted.role(), project, caller.getName())) {
            case OWN_ROLE -> throw Refusal.conflict("own-role",
                    "You do not grant roles to yourself. Ask another administrator.");
            case LAST_ADMINISTRATOR -> throw lastAdministrator(wanted.person());
            case TOO_MANY -> throw Refusal.conflict("too-many-roles",
                    "There are %,d people with roles, or %,d roles of this person. Withdraw some first."
                            .formatted(PeopleDecisions.MOST_PEOPLE, PeopleDecisions.MOST_ROLES));
            case DONE, UNCHANGED, UNKNOWN, EXPIRED -> new GrantedRole(wanted.role(), project);
        };
    }

    @DeleteMapping("/roles")
    @Operation(summary = "Withdraw a person's role in all projects", description = "It counts no longer, from now on. Roles in single projects stay.")
    ResponseEntity<Void> withdrawEverywhere(@RequestParam String person,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return withdraw(identities.withdraw(person, null, caller.getName()), person, "all projects");
    }

    @DeleteMapping("/projects/{project}/roles")
    @Operation(summary = "Withdraw a person's role in a project", description = "It counts no longer, from now on. A role in all projects stays.")
    ResponseEntity<Void> withdraw(@PathVariable String project, @RequestParam String person,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return withdraw(identities.withdraw(person, project, caller.getName()), person, "this project");
    }

    private static ResponseEntity<Void> withdraw(PeopleResult result, String person, String where) {
        return switch (result) {
            case LAST_ADMINISTRATOR -> throw lastAdministrator(person);
            case UNKNOWN -> throw Refusal.notFound("The person was granted no role in %s.".formatted(where));
            case DONE, UNCHANGED, EXPIRED, TOO_MANY, OWN_ROLE -> ResponseEntity.noContent().build();
        };
    }

    private static Refusal lastAdministrator(String person) {
        return Refusal.conflict("last-administrator",
                "'%s' is the last administrator of all projects. Grant this role to another person first."
                        .formatted(person));
    }
}
