package dev.migrationledger.ledger.openapi;

import dev.migrationledger.contracts.problem.Problem;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OpenApiConfig {

    @Bean
    ContractSchemas contractSchemas() {
        return new ContractSchemas();
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI().info(new Info()
                .title("Migration Ledger")
                .version("v1")
                .description(
                        "Shows which migration every database is really at, who put it there, and where environments disagree."
                                + " Times are ISO 8601 instants in UTC. A refusal is a problem detail (RFC 9457): `code` is for"
                                + " programs, `field` names the wrong value, and `detail` says what to do."));
    }

    /** What an operation does not say itself: how it refuses. */
    @Bean
    OpenApiCustomizer refusals() {
        return api -> {
            ContractSchemas.all(Problem.class).forEach(api.getComponents()::addSchemas);
            api.getPaths().values().forEach(path -> path.readOperations().forEach(OpenApiConfig::refusals));
        };
    }

    private static void refusals(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> {
                switch (parameter.getIn()) {
                    case "path" -> operation.getResponses().computeIfAbsent("404", _ -> problem(
                            "Not found; `detail` lists what exists"));
                    case "query" -> operation.getResponses().computeIfAbsent("400", _ -> problem(
                            "A parameter is missing or not valid; `field` names it"));
                    default -> {
                    }
                }
            });
        }
        operation.getResponses().computeIfAbsent("503", _ -> problem(
                "The ledger cannot use its database; try again after `Retry-After` seconds"));
    }

    private static ApiResponse problem(String description) {
        Schema<?> schema = new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + ContractSchemas.name(Problem.class));
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }
}
