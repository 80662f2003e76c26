package dev.migrationledger.agent.scan;

import dev.migrationledger.agent.cli.FindingText;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.branch.BranchSentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A scan for people: counts, heads, problems. */
record ScanText(ScanReport report, Paint paint) {

    /** A longer list is not read; JSON has all of it. */
    private static final int MOST_LINES = 40;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(counts());
        if (!report.heads().isEmpty() && !lacksParents()) {
            lines.add("");
            lines.addAll(atMost(heads()));
        }
        if (!report.problems().isEmpty()) {
            lines.add("");
            lines.addAll(new FindingText(report.problems(), paint).lines());
        }
        OpenBranch branch = report.branch();
        if (branch != null) {
            lines.add("");
            lines.add(Paint.plain(BranchSentences.headline(branch)));
            BranchSentences.problems(branch).forEach(it -> lines.addAll(List.of("", "warning  " + Paint.plain(it))));
            BranchSentences.notices(branch).forEach(it -> lines.addAll(List.of("", "info     " + Paint.plain(it))));
        }
        return lines;
    }

    private String counts() {
        String counts = Stream.of(
                Count.of(report.revisions().size(), "revision"),
                lacksParents() ? "" : Count.of(report.heads().size(), "head"),
                Count.of(report.bases().size(), "base"),
                Count.of(report.mergePoints().size(), "merge point"),
                Count.of(report.branchPoints().size(), "branch point"))
                .filter(count -> !count.isEmpty())
                .collect(Collectors.joining(", "));
        return paint.strong(Paint.plain(report.source())) + ": " + counts;
    }

    /** Then a head may be none, once the name is right. */
    private boolean lacksParents() {
        return report.problems().stream().anyMatch(problem -> problem.code() == DivergenceCode.MISSING_PARENT);
    }

    private List<String> heads() {
        // Of two files with one id the last one holds, as in Alembic.
        Map<String, Revision> byId = report.revisions().stream()
                .collect(Collectors.toMap(Revision::revision, revision -> revision, (first, last) -> last));
        List<Revision> heads = report.heads().stream().distinct().map(byId::get).toList();
        int widest = heads.stream().mapToInt(head -> shown(head.revision()).length()).max().orElse(0);
        int message = heads.stream().mapToInt(head -> message(head).length()).max().orElse(0);
        return heads.stream()
                .map(head -> "%s  %s  %s  %s"
                        .formatted(
                                report.realHeads().contains(head.revision()) ? "head          " : "effective head",
                                paint.strong(padded(shown(head.revision()), widest)),
                                padded(message(head), message),
                                paint.faint(Paint.plain(head.file())))
                        .stripTrailing())
                .toList();
    }

    private static String message(Revision revision) {
        return shown(revision.message() == null ? "" : revision.message());
    }

    private static String shown(String text) {
        String plain = Paint.plain(text);
        return plain.length() <= 60 ? plain : plain.substring(0, 59) + "…";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static List<String> atMost(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> fewer = new ArrayList<>(lines.subList(0, MOST_LINES));
        fewer.add("… and %d more heads; --output json shows all".formatted(lines.size() - MOST_LINES));
        return fewer;
    }
}
