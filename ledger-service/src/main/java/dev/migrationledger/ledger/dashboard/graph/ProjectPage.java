package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.environment.StatusMark;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.rules.RootCause;
import dev.migrationledger.ledger.dashboard.Stages;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.view.EnvironmentListItem.Position;
import dev.migrationledger.ledger.view.EnvironmentListItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a project shows.
 *
 * @param headline what is wrong and where, in one sentence
 * @param tone of the headline, a class of the style sheet
 * @param environments that are listed, those with something wrong first
 * @param moreEnvironments in groups that are not listed
 * @param columns the names over the columns of the graph
 * @param names for the form that compares two
 * @param pair that is compared until the reader chooses; absent: there are not two
 * @param legend what signs mean
 */
record ProjectPage(
        String project, String headline, String tone, @Nullable PageTime since, List<EnvironmentLine> environments,
        int moreEnvironments, String allEnvironments, List<Column> columns, GraphQuestion question, GraphRows graph,
        List<String> names, Stages.@Nullable Pair pair, List<StatusMark> legend) {

    /** Of groups, so many have a line. */
    static final int LINES = 12;

    /** Of groups, so many have a column. */
    static final int COLUMNS = 8;

    private static final int ROWS = 3;
    private static final int CODES = 3;

    ProjectPage {
        environments = List.copyOf(environments);
        columns = List.copyOf(columns);
        names = List.copyOf(names);
        legend = List.copyOf(legend);
    }

    /**
     * An environment, or several that look the same.
     *
     * @param name of the first
     * @param others how many more, in words; empty: none
     * @param rows of the version table, each with its place in the graph
     * @param schema where the schema is, if it is not there; empty: there, or not known
     * @param finding the worst one; empty: none
     * @param look the address of this page with its statuses in the graph
     */
    record EnvironmentLine(
            String name, String others, String address, String position, String tone, List<Place> rows, String schema,
            String findings, String finding, PageTime observed, String look, boolean chosen) {
        EnvironmentLine {
            rows = List.copyOf(rows);
        }
    }

    /** A revision in the version table. */
    record Place(String revision, String address) {}

    /** A column of the graph. */
    record Column(String name, boolean chosen) {}

    static ProjectPage of(
            GraphQuestion question, EnvironmentGroups.Found groups, List<GraphColumn> columns, List<Divergence> open,
            GraphRows rows, List<String> names, Instant now) {
        List<EnvironmentLine> lines = groups.some().stream().limit(LINES)
                .map(group -> line(question, group, open, now)).toList();
        Divergence worst = worst(open, "");
        return new ProjectPage(question.project(), headline(groups, worst), tone(groups),
                worst == null ? null : PageTime.of(worst.firstSeen(), now), lines,
                groups.environments() - groups.some().stream().limit(LINES).mapToInt(EnvironmentGroup::count).sum(),
                Addresses.environments(question.project()),
                columns.stream().map(one -> new Column(one.group().inWords(), one.chosen())).toList(), question, rows,
                names, Stages.pair(names).orElse(null), legend(columns, rows));
    }

    /** Whether a column has an environment whose version table was never read. */
    public boolean hasUnread() {
        return graph.rows().stream().flatMap(row -> row.cells().stream())
                .anyMatch(cell -> cell.sign().equals(Glyph.NOT_KNOWN.sign()));
    }

    private static List<StatusMark> legend(List<GraphColumn> columns, GraphRows rows) {
        return columns.isEmpty()
                ? List.of()
                : Stream.of(StatusMark.values())
                        .filter(mark -> mark == StatusMark.APPLIED || mark == StatusMark.PENDING
                                || rows.rows().stream().flatMap(row -> row.cells().stream())
                                        .anyMatch(cell -> cell.sign().equals(mark.sign())))
                        .toList();
    }

    private static EnvironmentLine line(
            GraphQuestion question, EnvironmentGroup group, List<Divergence> open, Instant now) {
        EnvironmentListItem item = group.item();
        String name = group.name();
        Divergence worst = worst(open, name);
        List<Place> rows = new ArrayList<>();
        group.rows().stream().limit(ROWS).forEach(row -> rows.add(new Place(Redaction.of(row),
                question.beginning("").address() + "#" + Addresses.anchor(row))));
        if (group.rows().size() > ROWS) {
            rows.add(new Place("%d more".formatted(group.rows().size() - ROWS),
                    PageAddress.environment(question.project(), name)));
        }
        boolean chosen = name.equals(question.environment());
        return new EnvironmentLine(name,
                group.count() == 1 ? "" : "and %,d that look the same".formatted(group.count() - 1),
                PageAddress.environment(question.project(), name), position(item),
                group.errors() > 0 ? "bad" : tone(item.position()), rows,
                schema(open, name), findings(group),
                worst == null ? "" : Redaction.of(worst.message()), PageTime.of(item.summary().observedAt(), now),
                question.lookingAt(chosen ? "" : name).address() + "#history", chosen);
    }

    private static String schema(List<Divergence> open, String environment) {
        List<String> at = PhysicalPlaces.of(open.stream().filter(one -> one.environment().equals(environment)).toList())
                .schemas().keySet().stream().map(Redaction::of).toList();
        boolean hole = open.stream().anyMatch(one -> one.environment().equals(environment)
                && one.code() == DivergenceCode.SCHEMA_HOLE);
        return at.isEmpty() ? hole ? "matches no revision" : "" : "at " + ListText.or(at);
    }

    private static String findings(EnvironmentGroup group) {
        String counts = Stream.of(group.errors() == 0 ? "" : Count.of(group.errors(), "error"),
                group.warnings() == 0 ? "" : Count.of(group.warnings(), "warning"))
                .filter(one -> !one.isEmpty()).reduce((one, other) -> one + ", " + other).orElse("");
        return counts.isEmpty() ? "" : "%s: %s".formatted(counts, ListText.plain(group.codes(), CODES));
    }

    /** Of an environment; of any where it is empty. */
    private static @Nullable Divergence worst(List<Divergence> open, String environment) {
        return open.stream().filter(one -> one.severity() != Severity.INFO)
                .filter(one -> environment.isEmpty() || one.environment().equals(environment))
                .min(Comparator.comparing(Divergence::severity)
                        .thenComparing(one -> !Stages.isProduction(one.environment()))
                        .thenComparingInt(one -> RootCause.READING_ORDER
                                .indexOf(one.code()))
                        .thenComparing(Divergence::environment).thenComparing(Divergence::subject))
                .orElse(null);
    }

    private static String headline(EnvironmentGroups.Found groups, @Nullable Divergence worst) {
        int wrong = groups.some().stream().filter(one -> one.errors() > 0).mapToInt(EnvironmentGroup::count).sum();
        if (worst != null && wrong > 0) {
            return "%s: %s%s".formatted(worst.environment(), Redaction.of(worst.message()),
                    wrong == 1 ? "" : " %s with errors.".formatted(Count.of(wrong - 1, "more environment")));
        }
        int head = groups.some().stream().filter(one -> one.item().position() == Position.AT_HEAD)
                .mapToInt(EnvironmentGroup::count).sum();
        String all = groups.environments() == 1
                ? "The environment %s".formatted(groups.some().getFirst().name())
                : "All %,d environments".formatted(groups.environments());
        String state = head == groups.environments()
                ? "%s %s at the head.".formatted(all, groups.environments() == 1 ? "is" : "are")
                : groups.environments() == 1
                        ? "%s is %s.".formatted(all, position(groups.some().getFirst().item()))
                        : "%s at the head; %s.".formatted(
                                head == 0
                                        ? "None of %,d environments is".formatted(groups.environments())
                                        : "%,d of %,d environments are".formatted(head, groups.environments()),
                                groups.some().stream().filter(one -> one.item().position() != Position.AT_HEAD)
                                        .limit(1).map(one -> "%s: %s".formatted(one.inWords(), position(one.item())))
                                        .findFirst().orElse(""));
        int warned = groups.some().stream().filter(one -> one.warnings() > 0).mapToInt(EnvironmentGroup::count).sum();
        return warned == 0 || worst == null
                ? state
                : "%s %s: %s".formatted(state, worst.environment(), Redaction.of(worst.message()));
    }

    private static String tone(EnvironmentGroups.Found groups) {
        return groups.some().stream().anyMatch(one -> one.errors() > 0)
                ? "bad"
                : groups.some().stream().anyMatch(
                        one -> one.warnings() > 0 || one.item().position() != Position.AT_HEAD) ? "due" : "good";
    }

    static String position(EnvironmentListItem item) {
        return switch (item.position()) {
            case NOT_SEEN -> "not seen yet";
            case UNKNOWN_REVISION -> "at an unknown revision";
            case AT_HEAD -> "at head";
            case BEHIND -> Count.of(item.missing(), "revision") + " behind";
            case FORKED -> "several heads, %d missing".formatted(item.missing());
        };
    }

    private static String tone(Position position) {
        return switch (position) {
            case AT_HEAD -> "good";
            case BEHIND, FORKED, NOT_SEEN -> "due";
            case UNKNOWN_REVISION -> "bad";
        };
    }
}
