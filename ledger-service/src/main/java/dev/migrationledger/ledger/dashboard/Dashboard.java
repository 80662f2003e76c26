package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.divergence.DivergenceViews.FirstOpen;
import dev.migrationledger.ledger.page.ActorText;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.page.RelativeTime;
import dev.migrationledger.ledger.view.EnvironmentListItem;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows: projects with a line for each of at most {@link #ENVIRONMENTS} environments, in words.
 *
 * @param all how many there are of everything, also on other pages
 * @param openCount how many divergences are open, in words; empty without errors and warnings
 * @param next after which environment, {@code project/environment}, the next page begins; absent: this is the last one
 */
record Dashboard(List<Project> projects, EnvironmentViews.Count all, String openCount, @Nullable String next) {

    /** On one page. */
    static final int ENVIRONMENTS = 50;

    /** Of each environment, so many divergences: those that matter most. */
    static final int MOST_DIVERGENCES = 5;

    /** Of each environment, so many rows, heads, sources and labels. */
    private static final int SHOWN = 10;

    /** @param openCount as in {@link Dashboard} */
    record Project(String name, List<Environment> environments, String openCount) {}

    /**
     * @param position in a word or two
     * @param tone how the position is coloured: {@code good}, {@code due} or {@code bad}
     * @param divergences its open divergences by root cause, errors first
     * @param moreTroubles how many more there are
     * @param noRows what to say where the version table has no row
     */
    record Environment(
            String name,
            List<String> labels,
            String position,
            String tone,
            List<Row> rows,
            int moreRows,
            String noRows,
            List<Head> heads,
            String counts,
            PageTime observed,
            int watching,
            List<String> sources,
            List<DivergenceItem> divergences,
            int moreTroubles) {}

    /**
     * A head of the scripts.
     *
     * @param merge the page of the merge that is about it; absent: none is
     */
    record Head(String text, @Nullable String merge) {}

    /**
     * A row of the version table.
     *
     * @param who wrote it, with what a run said of itself; empty if it is not known
     */
    record Row(String revision, String known, String since, String who, boolean unknown) {}

    /**
     * @param lines by project, one more than a page has where there are more
     * @param first divergences, by project and environment
     * @param open how many are open in all, by project and severity
     * @param watching how many agents watch, by project and environment
     * @param merges those that are not over, by project and head
     */
    static Dashboard of(
            EnvironmentViews.Count all,
            Map<String, List<EnvironmentListItem>> lines,
            Map<String, Map<String, FirstOpen>> first,
            Map<String, Map<Severity, Integer>> open,
            Map<String, Map<String, Integer>> watching,
            Map<String, Map<String, UUID>> merges,
            Instant now) {
        List<Project> projects = new ArrayList<>();
        String last = "";
        int left = ENVIRONMENTS;
        for (Map.Entry<String, List<EnvironmentListItem>> project : lines.entrySet()) {
            List<EnvironmentListItem> shown = project.getValue().stream().limit(left).toList();
            left -= shown.size();
            if (!shown.isEmpty()) {
                String name = project.getKey();
                last = name + "/" + shown.getLast().summary().environment();
                projects.add(project(name, shown, first.getOrDefault(name, Map.of()),
                        open.getOrDefault(name, Map.of()), watching.getOrDefault(name, Map.of()),
                        merges.getOrDefault(name, Map.of()), now));
            }
        }
        boolean more = lines.values().stream().mapToInt(List::size).sum() > ENVIRONMENTS;
        return new Dashboard(List.copyOf(projects), all, DivergenceItem.count(sum(open)), more ? last : null);
    }

    private static Map<Severity, Integer> sum(Map<String, Map<Severity, Integer>> open) {
        return open.values().stream()
                .flatMap(counts -> counts.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum));
    }

    private static Project project(
            String name,
            List<EnvironmentListItem> lines,
            Map<String, FirstOpen> first,
            Map<Severity, Integer> open,
            Map<String, Integer> watching,
            Map<String, UUID> merges,
            Instant now) {
        return new Project(
                name,
                lines.stream()
                        .map(line -> environment(
                                line,
                                first.getOrDefault(line.summary().environment(), new FirstOpen(List.of(), 0)),
                                watching.getOrDefault(line.summary().environment(), 0),
                                heads(name, line.summary().heads(), merges),
                                now))
                        .toList(),
                DivergenceItem.count(open));
    }

    private static List<Head> heads(String project, List<String> heads, Map<String, UUID> merges) {
        List<String> shown = shown(heads);
        List<Head> linked = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            UUID merge = i < SHOWN ? merges.get(heads.get(i)) : null;
            linked.add(new Head(shown.get(i), merge == null ? null : MergeItem.address(project, merge)));
        }
        return List.copyOf(linked);
    }

    private static Environment environment(
            EnvironmentListItem line, FirstOpen open, int watching, List<Head> heads, Instant now) {
        return new Environment(
                line.summary().environment(),
                shown(new TreeMap<>(line.summary().labels())
                        .entrySet().stream()
                        .map(label -> label.getKey() + "=" + Redaction.of(label.getKey(), label.getValue())).toList()),
                position(line),
                tone(line.position()),
                line.rows().stream().limit(SHOWN).map(row -> row(row, line, now)).toList(),
                Math.max(0, line.rows().size() - SHOWN),
                noRows(line.summary().versionTable()),
                heads,
                counts(line),
                PageTime.of(line.summary().observedAt(), now),
                watching,
                shown(line.sources()),
                DivergenceItem.of(open.first(), now),
                open.all() - open.first().size());
    }

    private static List<String> shown(List<String> all) {
        Stream<String> first = all.stream().limit(SHOWN).map(Redaction::of);
        return all.size() <= SHOWN
                ? first.toList()
                : Stream.concat(first, Stream.of("… and %,d more".formatted(all.size() - SHOWN))).toList();
    }

    private static String counts(EnvironmentListItem line) {
        String counts = Stream.of(
                count(line.applied(), "applied"), count(line.stamped(), "stamped"), count(line.implied(), "implied"))
                .filter(count -> !count.isEmpty())
                .collect(Collectors.joining(" · "));
        return counts.isEmpty() ? "nothing applied" : counts;
    }

    private static String count(int revisions, String what) {
        return revisions == 0 ? "" : "%,d %s".formatted(revisions, what);
    }

    private static String position(EnvironmentListItem line) {
        return switch (line.position()) {
            case NOT_SEEN -> "not seen yet";
            case UNKNOWN_REVISION -> "unknown revision";
            case AT_HEAD -> "at head";
            case BEHIND -> Count.of(line.missing(), "revision") + " behind";
            case FORKED -> "forked, " + line.missing() + " missing";
        };
    }

    private static String tone(EnvironmentListItem.Position position) {
        return switch (position) {
            case AT_HEAD -> "good";
            case BEHIND, NOT_SEEN -> "due";
            case UNKNOWN_REVISION, FORKED -> "bad";
        };
    }

    private static Row row(RevisionStatus status, EnvironmentListItem line, Instant now) {
        String since = status.since() == null ? "" : RelativeTime.of(status.since().at(), now);
        String known = switch (status.kind()) {
            case APPLIED -> status.inferred() ? "applied, inferred" : "applied";
            case STAMPED -> "stamped";
            case IMPLIED -> "origin not observed";
        };
        return new Row(
                Redaction.of(status.revision()), known, since,
                Redaction.of(ActorText.of(status, line.runs())),
                line.unknownRows().contains(status.revision()));
    }

    private static String noRows(@Nullable VersionTable table) {
        if (table == null) {
            return "not read yet";
        }
        return switch (table.state()) {
            case MISSING -> Redaction.of(table.name()) + " does not exist";
            case EMPTY -> Redaction.of(table.name()) + " is empty";
            case PRESENT -> "";
        };
    }
}
