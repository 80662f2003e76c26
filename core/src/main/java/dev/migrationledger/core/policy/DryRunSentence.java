package dev.migrationledger.core.policy;

import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.text.Count;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A dry run in one sentence. */
public final class DryRunSentence {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private DryRunSentence() {}

    /** Such as {@code Of 12 deploys since …, 1 was allowed and would have been blocked, 11 would have got the same answer.} */
    public static String of(PolicyDryRun run) {
        if (run.deploys() == 0) {
            return "No deploy asked the gate since %s.".formatted(MINUTE.format(run.from()));
        }
        List<String> parts = new ArrayList<>();
        add(parts, run.blocked(), "%s allowed and would have been blocked".formatted(be(run.blocked())));
        add(parts, run.allowed(), "%s blocked and would have been allowed".formatted(be(run.allowed())));
        add(parts, run.notJudged(), "cannot be judged again");
        add(parts, run.same(), "would have got the same answer");
        return "Of %s since %s, %s.".formatted(Count.of(run.deploys(), "deploy"),
                MINUTE.format(run.from()), String.join(", ", parts));
    }

    private static String be(int count) {
        return count == 1 ? "was" : "were";
    }

    private static void add(List<String> parts, int count, String words) {
        if (count > 0) {
            parts.add("%,d %s".formatted(count, words));
        }
    }
}
