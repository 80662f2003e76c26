package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.page.ActorText;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A run of a migration command.
 *
 * @param who what an issuer proved of it, or what it claims
 * @param where the commit and the image that it claims; empty: none
 * @param did the revisions that its sessions applied; empty: none of those that count now
 * @param outcome how it ended
 * @param tone {@code good}, {@code bad} or {@code due}
 * @param address what the audit has of it
 */
record RunLine(
        String id, String command, String who, String where, String did, PageTime started, String outcome,
        String tone, String address) {

    private static final int NAMED = 4;

    /** @param statuses of the environment's revisions */
    static List<RunLine> of(List<Run> runs, List<RevisionStatus> statuses, int most, Instant now) {
        Map<UUID, List<String>> did = new HashMap<>();
        statuses.forEach(status -> ActorText.run(status, runs)
                .ifPresent(run -> did.computeIfAbsent(run.run(), _ -> new ArrayList<>()).add(status.revision())));
        return runs.stream().limit(most).map(run -> of(run, did.getOrDefault(run.run(), List.of()), now)).toList();
    }

    private static RunLine of(Run run, List<String> revisions, Instant now) {
        RunClaim claim = run.claim();
        List<String> where = new ArrayList<>();
        if (claim.commit() != null) {
            where.add("commit " + claim.commit().substring(0, Math.min(12, claim.commit().length())));
        }
        if (claim.image() != null) {
            where.add("image " + claim.image());
        }
        return new RunLine("run-" + run.run(), String.join(" ", claim.command()), Redaction.of(ActorText.started(run)),
                Redaction.of(ListText.plain(where)), Redaction.of(ListText.and(revisions, NAMED)),
                PageTime.of(run.startedAt(), now), outcome(run), tone(run), PageAddress.audit("run:" + run.run()));
    }

    private static String outcome(Run run) {
        Integer code = run.exitCode();
        Instant ended = run.endedAt();
        if (code == null || ended == null) {
            return "no end reported";
        }
        String took = "after %s".formatted(took(Duration.between(run.startedAt(), ended)));
        return code == 0 ? "succeeded " + took : "failed with exit code %d %s".formatted(code, took);
    }

    private static String took(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 1
                ? "less than 1 s"
                : seconds < 120 ? seconds + " s" : "%d min".formatted(seconds / 60);
    }

    private static String tone(Run run) {
        Integer code = run.exitCode();
        return code == null ? "due" : code == 0 ? "good" : "bad";
    }
}
