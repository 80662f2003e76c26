package dev.migrationledger.ledger.policy.signed;

import dev.migrationledger.contracts.policy.LedgerKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Policy", description = "What a project demands of deploys")
final class PublicKeyController {

    private final PolicySigner signer;

    PublicKeyController(PolicySigner signer) {
        this.signer = signer;
    }

    @GetMapping(path = "/api/v1/public-key", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Get the key with which this ledger signs policies", description = "Agents that are given it in MIGRATION_LEDGER_PUBLIC_KEY decide by no policy that another key signed.")
    @ApiResponse(responseCode = "200", description = "The key", useReturnTypeSchema = true)
    LedgerKey key() {
        return new LedgerKey(signer.publicKey());
    }
}
