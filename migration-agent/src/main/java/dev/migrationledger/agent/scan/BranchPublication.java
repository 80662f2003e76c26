package dev.migrationledger.agent.scan;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.branch.BranchScan;
import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.wire.ContractJson;
import java.util.List;

/**
 * Publishes the scripts of a branch or pull request, which no environment runs yet.
 *
 * @param source that names it
 */
record BranchPublication(String ledger, String project, String source) {

    /**
     * What the ledger says of these scripts.
     *
     * @throws CommandFailure if it does not answer, or refuses
     */
    OpenBranch publish(List<Revision> scripts, List<RevisionAuthors> authors) {
        try (LedgerClient client = LedgerClient.at(ledger)) {
            return client.submit(path(), ContractJson.write(new BranchScan(source, scripts, authors)))
                    .read(OpenBranch.class);
        }
    }

    /** Says that it was merged, or is not wanted any more. */
    void close() {
        try (LedgerClient client = LedgerClient.at(ledger)) {
            client.submit(path() + "/close", ContractJson.write(new BranchScan.Closed(source))).check();
        }
    }

    private String path() {
        return "/api/v1/projects/%s/branches".formatted(project);
    }
}
