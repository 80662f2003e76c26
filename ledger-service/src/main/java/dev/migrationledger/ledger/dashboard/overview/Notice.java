package dev.migrationledger.ledger.dashboard.overview;

import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.ledger.page.RelativeTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line about something that waits for people.
 *
 * @param address of its page
 */
record Notice(String sentence, String address) {

    static Optional<Notice> overrides(List<GateOverride> unsettled, Instant now) {
        List<GateOverride> open = unsettled.stream().filter(it -> it.isOpen(now)).toList();
        if (unsettled.isEmpty()) {
            return Optional.empty();
        }
        int due = unsettled.size() - open.size();
        String runs = open.stream().map(GateOverride::until).max(Comparator.naturalOrder())
                .map(until -> "%s %s until %s".formatted(Count.of(open.size(), "override"),
                        open.size() == 1 ? "runs" : "run", RelativeTime.absolute(until)))
                .orElse("");
        String waits = due == 0 ? "" : "%s %s for a review".formatted(Count.of(due, "override"), waits(due));
        return Optional.of(new Notice(runs + (runs.isEmpty() || waits.isEmpty() ? "" : "; ") + waits, "/deploys"));
    }

    static Optional<Notice> acceptances(List<Baseline> ended) {
        int findings = ended.stream().mapToInt(it -> it.findings().size()).sum();
        return findings == 0
                ? Optional.empty()
                : Optional.of(new Notice("The acceptance of %s ended".formatted(Count.of(findings, "finding")),
                        "/divergences"));
    }

    static Optional<Notice> merges(List<MergeProposal> open) {
        int unapproved = (int) open.stream().filter(it -> !it.approved()).count();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Notice(unapproved > 0
                ? "%s %s for approval".formatted(Count.of(unapproved, "merge"), waits(unapproved))
                : "%s %s to be applied".formatted(Count.of(open.size(), "merge"), waits(open.size())), "/merges"));
    }

    static Optional<Notice> branches(Map<String, List<OpenBranch>> blocked) {
        int branches = blocked.values().stream().mapToInt(List::size).sum();
        return branches == 0
                ? Optional.empty()
                : Optional.of(new Notice("%s %s in the way of another".formatted(
                        Count.of(branches, "branch").replace("branchs", "branches"),
                        branches == 1 ? "is" : "are"), "/merges"));
    }

    static Optional<Notice> silence(int silent) {
        return silent == 0
                ? Optional.empty()
                : Optional.of(new Notice("%s %s a silent agent".formatted(Count.of(silent, "environment"),
                        silent == 1 ? "has" : "have"), "/?q=status:silent"));
    }

    private static String waits(int number) {
        return number == 1 ? "waits" : "wait";
    }
}
