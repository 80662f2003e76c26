package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.kafka.ParkedEnvironment;
import dev.migrationledger.ledger.identity.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Events", description = "What agents report")
final class ParkedController {

    private final ParkedRecords parked;

    ParkedController(ParkedRecords parked) {
        this.parked = parked;
    }

    @GetMapping(path = "/api/v1/parked", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List parked environments", description = "Those whose events came over Kafka and wait, because the ledger refuses the first of them. Only of projects that the caller may read.")
    List<ParkedEnvironment> parked(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return parked.waiting().stream().filter(it -> caller.scope().has(it.project())).toList();
    }
}
