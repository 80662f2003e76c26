package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A view as its row holds it. The same view gives the same text, on every machine and however its events were batched.
 *
 * @param digest names what an environment looks like
 * @param facts JSON of {@link EnvironmentFacts} without what was observed, which changes with the number of events that they hold
 * @param scripts JSON of a map from agent and source to the digest of its scripts
 * @param listItem JSON of {@link EnvironmentListItem}
 */
record StoredView(String digest, String facts, String scripts, String listItem) {

    static StoredView of(EnvironmentView view) {
        Map<String, String> digests = new TreeMap<>();
        view.scripts().forEach((source, scripts) -> digests.put(source, scripts.digest()));
        String facts = text(ContractJson.write(view.facts().withObservedStatuses(Map.of())));
        String scripts = text(ContractJson.write(digests));
        return new StoredView(
                Sha256.hex((view.project() + "/" + view.environment() + facts + scripts)
                        .getBytes(StandardCharsets.UTF_8)),
                facts,
                scripts,
                text(ContractJson.write(EnvironmentListItem.of(view))));
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
