package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.policy.Baseline.Entry;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.RelativeTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Findings that are open although their acceptance ended, in words. Those that were accepted together are one item.
 *
 * @param environment with its project
 * @param address of where the environment's page has them
 */
public record EndedAcceptance(String environment, String sentence, String address) {

    private static final int LISTED = 5;

    /** What is the same where findings were accepted together. */
    private record Together(String environment, String by, String owner, String reason, Instant until) {}

    /** Those that ended last come first. */
    public static List<EndedAcceptance> of(Baseline ended) {
        Map<Together, List<Entry>> together = ended.findings().stream().collect(Collectors.groupingBy(
                one -> new Together(one.environment(), one.by(), one.owner(), one.reason(), one.until()),
                LinkedHashMap::new, Collectors.toList()));
        return together.entrySet().stream()
                .sorted(Map.Entry.<Together, List<Entry>>comparingByKey((one, other) -> other.until
                        .compareTo(one.until)))
                .map(one -> new EndedAcceptance(ended.project() + "/" + one.getKey().environment,
                        Redaction.of(sentence(one.getKey(), one.getValue())),
                        PageAddress.environment(ended.project(), one.getKey().environment) + "#exceptions"))
                .toList();
    }

    private static String sentence(Together it, List<Entry> findings) {
        return "The acceptance of %s by %s ended on %s: %s. Ask %s to repair %s, or accept %s again.".formatted(
                ListText.and(findings.stream().map(EndedAcceptance::finding).toList(), LISTED), it.by,
                RelativeTime.absolute(it.until), it.reason, it.owner, findings.size() == 1 ? "it" : "them",
                findings.size() == 1 ? "it" : "them");
    }

    private static String finding(Entry one) {
        return one.code().code() + (one.subject().isEmpty() ? "" : " (" + one.subject() + ")");
    }
}
