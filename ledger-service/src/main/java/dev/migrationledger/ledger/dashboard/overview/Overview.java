package dev.migrationledger.ledger.dashboard.overview;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.dashboard.overview.Cohort.Worst;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.Member;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.ProjectCohorts;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.Totals;
import dev.migrationledger.ledger.dashboard.Stages;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All projects and where their environments are: a row for each project, a column for each name that several environments have, and one for the
 * others.
 *
 * @param columns names of environments
 * @param oddFirst whether odd ones are put before others somewhere, which the page then says
 */
record Overview(List<String> columns, List<Row> rows, boolean oddFirst) {

    /** Of columns; a page for more would be read sideways. */
    private static final int MOST_COLUMNS = 4;

    /** Of revisions in a cell. */
    private static final int MOST_REVISIONS = 2;

    /** Of characters of a revision. */
    private static final int LONGEST = 14;

    Overview {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    public boolean hasOthers() {
        return rows.stream().anyMatch(row -> !row.others.isEmpty() || row.more > 0);
    }

    /**
     * A project.
     *
     * @param environments how many, in words
     * @param cells by column; absent: the project has no such environment
     * @param others what has no column, odd ones first
     * @param more how many groups of environments are not shown
     */
    record Row(String project, String environments, List<@Nullable Cell> cells, List<Cell> others, int more) {}

    /**
     * An environment, or some that are equal.
     *
     * @param name of the environment, or how many they are
     * @param key of the cohort; empty for one environment
     * @param fold the page with this cohort unfolded, or folded again
     * @param names the first and the last of several
     * @param tone its colour, a class of the style sheet
     * @param sign before the word
     * @param state in a word or two
     * @param revisions that it is at
     * @param title the revisions in full
     * @param stamped whether no run of them was seen
     * @param codes of what is wrong
     * @param since when the first of that was found
     * @param watch that no agent watches; empty: one does
     * @param silent whether an agent is silent that has not reported that it stopped
     * @param scripts where its scripts end, where that differs within the project
     * @param distances from the project's head and from the environment before it
     * @param unfolded the environments, where they are asked for
     */
    record Cell(
            String name, String key, String fold, String names, String tone, String sign, String state,
            String revisions,
            String title, boolean stamped, List<String> codes, PageTime since, PageTime heard, String watch,
            boolean silent, String scripts, String distances, @Nullable Unfolded unfolded) {
        Cell {
            codes = List.copyOf(codes);
        }
    }

    /** @param next the page with the environments that follow; absent: there are none */
    record Unfolded(List<MemberItem> members, @Nullable String next) {
        Unfolded {
            members = List.copyOf(members);
        }
    }

    /**
     * One environment of those that are equal.
     *
     * @param watch that no agent watches; empty: one does
     */
    record MemberItem(String name, PageTime heard, String watch) {}

    /**
     * The cohort that a reader unfolds.
     *
     * @param members one more than {@code most} where there are more
     * @param here the page without it
     */
    record Open(String project, String key, List<Member> members, int most, String here) {
        Open {
            members = List.copyOf(members);
        }

        boolean is(Cohort cohort) {
            return cohort.project().equals(project) && cohort.key().equals(key);
        }
    }

    /**
     * As of now.
     *
     * @param distances within each project
     * @param several whether there are several projects, also on other pages
     * @param here the address of the page with everything folded
     */
    static Overview of(
            List<ProjectCohorts> projects, Map<String, Distances> distances, Optional<Open> open, boolean several,
            String here, Instant now) {
        List<String> columns = columns(projects);
        List<Row> rows = projects.stream()
                .map(it -> row(it, columns, distances.getOrDefault(it.project(), Distances.WITHOUT_HISTORY), open, here,
                        now))
                .toList();
        boolean oddFirst = projects.stream().anyMatch(it -> it.shown().size() > 1
                && it.environments() > OverviewQuery.EACH && it.shown().stream().anyMatch(Cohort::isOdd))
                || (several && !projects.isEmpty() && projects.getFirst().worst() != Worst.NOTHING);
        return new Overview(columns, rows, oddFirst);
    }

    /** One sentence: what a reader sees first. */
    static String headline(Totals totals) {
        String all = "%s of %s".formatted(Count.of(totals.environments(), "environment"),
                Count.of(totals.projects(), "project"));
        if (totals.errors() > 0) {
            return "%s of %s %s an error%s".formatted(number(totals.errors()), all,
                    totals.errors() == 1 ? "has" : "have",
                    totals.warnings() > 0
                            ? "; %s more %s a warning".formatted(number(totals.warnings()),
                                    totals.warnings() == 1 ? "has" : "have")
                            : "");
        }
        if (totals.warnings() > 0) {
            return "%s of %s %s a warning".formatted(number(totals.warnings()), all,
                    totals.warnings() == 1 ? "has" : "have");
        }
        return totals.behind() > 0
                ? "Nothing is wrong in %s; %s %s behind".formatted(all, number(totals.behind()),
                        totals.behind() == 1 ? "is" : "are")
                : "Nothing is wrong in %s".formatted(all);
    }

    /** What a search found. */
    static String found(Totals totals) {
        return totals.environments() == 0
                ? "The search finds no environment"
                : "Found: " + headline(totals);
    }

    static String tone(Totals totals) {
        return totals.errors() > 0 ? "bad" : totals.warnings() > 0 ? "due" : "good";
    }

    private static String number(int number) {
        return "%,d".formatted(number);
    }

    /** Names that most projects have, or the columns would be empty; of a project alone, all of its names if they are few. */
    private static List<String> columns(List<ProjectCohorts> projects) {
        Map<String, Integer> projectsByName = new HashMap<>();
        projects.forEach(project -> names(project).forEach(name -> projectsByName.merge(name, 1, Integer::sum)));
        if (projects.size() == 1 && projectsByName.size() > MOST_COLUMNS) {
            return List.of();
        }
        return projectsByName.entrySet().stream()
                .filter(it -> projects.size() == 1 || (it.getValue() > 1 && it.getValue() * 2 >= projects.size()))
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_COLUMNS)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingInt(Stages::of).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static Set<String> names(ProjectCohorts project) {
        return project.shown().stream().filter(it -> it.count() == 1).map(it -> it.names().getFirst())
                .collect(Collectors.toSet());
    }

    private static Row row(ProjectCohorts project, List<String> columns, Distances distances, Optional<Open> open,
            String here, Instant now) {
        Map<String, Cell> byName = new HashMap<>();
        List<Cell> others = new ArrayList<>();
        Set<List<String>> heads = new HashSet<>();
        project.shown().forEach(it -> heads.add(it.heads()));
        for (Cohort cohort : project.shown()) {
            Cell cell = cell(cohort, heads.size() > 1, distances(cohort, project, distances),
                    open.filter(it -> it.is(cohort)).orElse(null), here, now);
            if (cohort.count() == 1 && columns.contains(cohort.names().getFirst())) {
                byName.put(cohort.names().getFirst(), cell);
            } else {
                others.add(cell);
            }
        }
        List<@Nullable Cell> cells = new ArrayList<>();
        columns.forEach(name -> cells.add(byName.get(name)));
        return new Row(project.project(), Count.of(project.environments(), "environment"), cells, others,
                Math.max(0, project.cohorts() - project.shown().size()));
    }

    /** Environments that are shown one by one are compared with the last one of an earlier stage. */
    private static String distances(Cohort it, ProjectCohorts project, Distances distances) {
        String between = project.environments() > OverviewQuery.EACH || it.count() > 1
                ? ""
                : project.shown().stream().filter(other -> stageOf(other) < stageOf(it))
                        .max(Comparator.comparingInt(Overview::stageOf)
                                .thenComparing(other -> other.names().getFirst()))
                        .map(other -> distances.between(it, other)).orElse("");
        String fromHeads = distances.fromHeads(it);
        return fromHeads + (fromHeads.isEmpty() || between.isEmpty() ? "" : ", ") + between;
    }

    private static int stageOf(Cohort one) {
        return Stages.of(one.names().getFirst());
    }

    private static Cell cell(
            Cohort it, boolean otherHeads, String distances, @Nullable Open open, String here, Instant now) {
        boolean one = it.count() == 1;
        List<String> stamped = it.stamped() == null ? List.of() : it.stamped();
        return new Cell(one ? it.names().getFirst() : Count.of(it.count(), "environment"), one ? "" : it.key(),
                one
                        ? ""
                        : open != null
                                ? here
                                : unfold(here, it.project(), it.key(), null),
                one
                        ? ""
                        : Redaction.of(it.names().getFirst()) + (it.count() == 2 ? " and " : " … ")
                                + Redaction.of(it.names().getLast()),
                tone(it), sign(it), state(it), revisions(it, stamped), Redaction.of(String.join(", ", stamped)),
                it.kinds().contains(RevisionStatus.Kind.STAMPED), it.codes(), PageTime.of(it.since(), now),
                PageTime.of(it.heard(), now), watch(it), it.silent() > 0,
                otherHeads && !it.heads().isEmpty() && !it.heads().equals(stamped)
                        ? "scripts end at " + revisions(it.heads())
                        : "",
                distances, open == null ? null : unfolded(open, now));
    }

    private static String watch(Cohort it) {
        if (it.count() == 1) {
            return watch(it.silent() > 0, it.unwatched() > 0);
        }
        String silent = it.silent() == 0 ? "" : Glyph.WRONG.with(number(it.silent()) + " silent");
        String unwatched = it.unwatched() == 0 ? "" : "%s without an agent".formatted(number(it.unwatched()));
        return silent + (silent.isEmpty() || unwatched.isEmpty() ? "" : ", ") + unwatched;
    }

    private static String watch(boolean silent, boolean unwatched) {
        return silent ? Glyph.WRONG.with("agent silent") : unwatched ? "no agent watches" : "";
    }

    private static Unfolded unfolded(Open open, Instant now) {
        List<Member> shown = open.members.stream().limit(open.most).toList();
        return new Unfolded(shown.stream().map(it -> new MemberItem(it.environment(), PageTime.of(it.heard(), now),
                watch(it.silent(), it.unwatched())))
                .toList(),
                open.members.size() > open.most
                        ? unfold(open.here, open.project, open.key, shown.getLast().environment())
                        : null);
    }

    private static String unfold(String here, String project, String key, @Nullable String member) {
        return PageAddress.of(here, "open", project + "/" + key, "member", member);
    }

    private static String tone(Cohort it) {
        return switch (it.worst()) {
            case ERROR -> "bad";
            case WARNING -> "due";
            case NOTHING -> switch (it.position()) {
                case AT_HEAD -> "good";
                case BEHIND, NOT_SEEN -> "quiet";
                case FORKED -> "due";
                case UNKNOWN_REVISION -> "bad";
            };
        };
    }

    private static String sign(Cohort it) {
        return switch (it.position()) {
            case AT_HEAD -> Glyph.FINE.sign();
            case BEHIND, FORKED, NOT_SEEN -> Glyph.TO_COME.sign();
            case UNKNOWN_REVISION -> Glyph.WRONG.sign();
        };
    }

    private static String state(Cohort it) {
        return switch (it.position()) {
            case NOT_SEEN -> "not seen yet";
            case UNKNOWN_REVISION -> "unknown revision";
            case AT_HEAD -> "at head";
            case BEHIND -> number(it.missing()) + " behind";
            case FORKED -> "%s heads, %s missing".formatted(number(it.heads().size()), number(it.missing()));
        };
    }

    private static String revisions(Cohort it, List<String> stamped) {
        if (it.stamped() == null) {
            return "not read yet";
        }
        return stamped.isEmpty() ? "no revision" : revisions(stamped);
    }

    private static String revisions(List<String> ids) {
        return ids.stream().limit(MOST_REVISIONS).map(Overview::brief).collect(Collectors.joining(", "))
                + (ids.size() > MOST_REVISIONS ? " and %d more".formatted(ids.size() - MOST_REVISIONS) : "");
    }

    private static String brief(String id) {
        String text = Redaction.of(id);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
