package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.policy.PolicyRefusal;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/projects/{project}/policy")
@Tag(name = "Policy", description = "What a project demands of deploys")
final class PolicyController {

    private static final Pattern TAG = Pattern.compile("\"(\\d{1,9})\"");

    private final PolicyChanges policies;

    PolicyController(PolicyChanges policies) {
        this.policies = policies;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Show the policy of a project", description = "Version 0 has no text: the defaults count. The entity tag is the version in quotes.")
    ResponseEntity<ProjectPolicy> show(@PathVariable String project) {
        return tagged(policies.current(project));
    }

    @PutMapping(consumes = PolicyUpload.YAML)
    @Operation(summary = "Apply a policy", description = "The file replaces the policy before it. It is refused with all of its mistakes, or applied as a whole. With If-Match, only in place of the version with this entity tag.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = PolicyUpload.YAML, schema = @Schema(type = "string"))))
    @ApiResponse(responseCode = "200", description = "What counts now", content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = ProjectPolicy.class)))
    @ApiResponse(responseCode = "422", description = "The file has mistakes", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = PolicyRefusal.class)))
    @ApiResponse(responseCode = "412", description = "policy-changed", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<?> apply(
            @PathVariable String project, @RequestBody byte[] file,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String replaces,
            @AuthenticationPrincipal Principal caller) {
        policies.current(project);
        Integer version = replaces == null ? null : version(replaces);
        PolicyUpload upload = PolicyUpload.of(file);
        return upload.policy() == null
                ? upload.refused()
                : tagged(policies.apply(project, upload.text(), version, caller.getName()));
    }

    private static ResponseEntity<ProjectPolicy> tagged(ProjectPolicy policy) {
        return ResponseEntity.ok().eTag("\"%d\"".formatted(policy.version())).body(policy);
    }

    private static int version(String tag) {
        Matcher form = TAG.matcher(tag);
        if (!form.matches()) {
            throw Refusal.invalid(HttpHeaders.IF_MATCH,
                    "If-Match is not the entity tag of a policy; write its version in quotes, such as \"3\".");
        }
        return Integer.parseInt(form.group(1));
    }
}
