package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.PolicyDryRun.Changed;
import dev.migrationledger.contracts.gate.PolicyDryRun.NotJudged;
import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.policy.PolicyText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A dry run for people: how many answers would have changed, then each with its reasons.
 *
 * @param file as a person named it
 */
record DryRunText(PolicyDryRun run, String file) {

    /** A longer list is not read; JSON has more. */
    private static final int MOST = 20;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%s had %s since %s. Under %s:".formatted(Paint.plain(run.project()),
                Count.of(run.deploys(), "deploy"), second(run.from()), file));
        lines.add("");
        lines.add("%5d would have got the same answer".formatted(run.same()));
        lines.add("%5d allowed, would have been blocked".formatted(run.blocked()));
        lines.add("%5d blocked, would have been allowed".formatted(run.allowed()));
        if (run.notJudged() > 0) {
            lines.add("%5d cannot be judged again".formatted(run.notJudged()));
        }
        changed(lines, "Would have been blocked", Decision.BLOCKED, run.blocked());
        changed(lines, "Would have been allowed", Decision.ALLOWED, run.allowed());
        unknown(lines);
        return lines;
    }

    private void changed(List<String> lines, String title, Decision decision, int count) {
        List<Changed> shown = run.changed().stream().filter(it -> it.decision() == decision).limit(MOST).toList();
        if (shown.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        shown.forEach(it -> {
            lines.add(deploy(it.decidedAt(), it.environment(), it.by(), it.deploy()));
            it.deciding().forEach(reason -> {
                PolicyPlace place = reason.place();
                lines.add("    " + (place == null ? "" : place.words() + ": ")
                        + Paint.plain(PolicyText.of(reason)));
            });
        });
        more(lines, count - shown.size());
    }

    private void unknown(List<String> lines) {
        List<NotJudged> shown = run.unknown().stream().limit(MOST).toList();
        if (shown.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Cannot be judged again");
        shown.forEach(it -> {
            lines.add(deploy(it.decidedAt(), it.environment(), it.by(), it.deploy()));
            lines.add("    " + PolicyText.of(it.why()));
        });
        more(lines, run.notJudged() - shown.size());
    }

    private static void more(List<String> lines, int more) {
        if (more > 0) {
            lines.add("… and %s more".formatted(Count.of(more, "deploy")));
        }
    }

    private static String deploy(Instant at, String environment, String by, UUID id) {
        return "  %s  %s, asked by %s  %s".formatted(second(at), Paint.plain(environment), Paint.plain(by), id);
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
