package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What both answers of the gate show in the same way. */
record GateLines(Paint paint, Screen screen) {

    static final int MOST_NAMED = 4;

    private static final int DIGEST_SHOWN = 12;

    /** The answer in a line, and below it why the gate could not tell. */
    List<String> answer(GateDecision decision, String summary, @Nullable String unknown) {
        List<String> lines = new ArrayList<>();
        screen.wrapped("", Paint.plain(summary)).forEach(line -> lines.add(switch (decision) {
            case ALLOWED -> paint.good(line);
            case BLOCKED -> paint.severity(Severity.ERROR, line);
            case UNKNOWN -> paint.severity(Severity.WARNING, line);
        }));
        if (unknown != null) {
            lines.addAll(screen.wrapped("  ", Paint.plain(unknown)));
        }
        return lines;
    }

    /** What the answer is about. */
    static List<String> facts(String database, GateScripts scripts, @Nullable VersionTable table) {
        List<String> lines = new ArrayList<>();
        lines.add("database  " + Paint.plain(database));
        List<String> heads = scripts.heads();
        String digest = scripts.digest();
        lines.add("scripts   " + Paint.plain("%s: %s, %s%s".formatted(scripts.source(),
                Count.of(scripts.revisions(), "revision"),
                heads.isEmpty()
                        ? "no head"
                        : "%s %s".formatted(heads.size() == 1 ? "head" : "heads",
                                ListText.and(heads, MOST_NAMED)),
                digest == null ? "" : ", digest " + shortened(digest))));
        if (table != null) {
            lines.add("stamped   " + Paint.plain("%s  in %s".formatted(
                    table.rows().isEmpty() ? "nothing" : ListText.and(table.rows(), MOST_NAMED), table.name())));
        }
        return lines;
    }

    /** So much of a digest tells two apart at a glance; {@code --output json} has all of it. */
    static String shortened(String digest) {
        return digest.length() <= DIGEST_SHOWN ? digest : digest.substring(0, DIGEST_SHOWN);
    }

    /** Adds a block after an empty line, if it has lines. */
    static void add(List<String> lines, List<String> block) {
        if (!block.isEmpty()) {
            lines.add("");
            lines.addAll(block);
        }
    }
}
