package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.environment.Standing;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.ledger.view.EnvironmentLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the first page shows: every project with a line for each environment, in words.
 *
 * @param trouble how many divergences are open, in words; empty where nobody has to do anything
 */
record Dashboard(List<Project> projects, int environments, String trouble) {

    /** Of each environment, so many divergences: those that matter most. */
    private static final int SHOWN = 10;

    /** @param trouble as in {@link Dashboard} */
    record Project(String name, List<Environment> environments, String trouble) {}

    /**
     * @param position in a word or two
     * @param tone how the position is coloured: {@code good}, {@code due} or {@code bad}
     * @param troubles its open divergences, errors first
     * @param moreTroubles how many more there are
     * @param noRows what to say where the version table has no row
     */
    record Environment(
            String name,
            List<String> labels,
            String position,
            String tone,
            List<Row> rows,
            String noRows,
            List<String> heads,
            String counts,
            Moment observed,
            int watching,
            List<String> sources,
            List<Trouble> troubles,
            int moreTroubles) {}

    /**
     * A row of the version table.
     *
     * @param who wrote it, with what a run said of itself; empty where nobody saw who it was
     */
    record Row(String revision, String known, String since, String who, boolean unknown) {}

    /**
     * @param absolute in UTC, to the second; empty where there is none
     * @param exact as HTML wants it; absent where there is none
     */
    record Moment(String relative, String absolute, @Nullable Instant exact) {}

    /** @param open divergences, by project and environment */
    static Dashboard of(
            Map<String, List<EnvironmentLine>> linesByProject, Map<String, Map<String, List<Divergence>>> open,
            Instant now) {
        List<Project> projects = new TreeMap<>(linesByProject)
                .entrySet().stream()
                .map(it -> project(it.getKey(), it.getValue(), open.getOrDefault(it.getKey(), Map.of()), now))
                .toList();
        return new Dashboard(
                projects,
                projects.stream().mapToInt(project -> project.environments().size()).sum(),
                Trouble.count(open.values().stream().flatMap(Dashboard::all).toList()));
    }

    private static Project project(
            String name, List<EnvironmentLine> lines, Map<String, List<Divergence>> open, Instant now) {
        return new Project(
                name,
                lines.stream()
                        .map(line -> environment(
                                line, open.getOrDefault(line.summary().environment(), List.of()), now))
                        .toList(),
                Trouble.count(all(open).toList()));
    }

    private static Stream<Divergence> all(Map<String, List<Divergence>> open) {
        return open.values().stream().flatMap(List::stream);
    }

    private static Environment environment(EnvironmentLine line, List<Divergence> open, Instant now) {
        return new Environment(
                line.summary().environment(),
                new TreeMap<>(line.summary().labels())
                        .entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()).toList(),
                position(line),
                tone(line.position()),
                line.rows().stream().map(row -> row(row, line, now)).toList(),
                noRows(line.summary().versionTable()),
                line.summary().heads(),
                counts(line),
                moment(line.summary().observedAt(), now),
                line.watching(),
                line.sources(),
                open.stream().limit(SHOWN).map(it -> Trouble.of(it, now)).toList(),
                Math.max(0, open.size() - SHOWN));
    }

    private static String counts(EnvironmentLine line) {
        String counts = Stream.of(
                count(line.applied(), "applied"), count(line.stamped(), "stamped"), count(line.implied(), "implied"))
                .filter(count -> !count.isEmpty())
                .collect(Collectors.joining(" · "));
        return counts.isEmpty() ? "nothing applied" : counts;
    }

    private static String count(int revisions, String what) {
        return revisions == 0 ? "" : "%,d %s".formatted(revisions, what);
    }

    private static String position(EnvironmentLine line) {
        return switch (line.position()) {
            case NOT_SEEN -> "not seen yet";
            case UNKNOWN_REVISION -> "unknown revision";
            case AT_HEAD -> "at head";
            case BEHIND -> "behind by " + line.missing();
            case FORKED -> "forked, lacks " + line.missing();
        };
    }

    private static String tone(EnvironmentLine.Position position) {
        return switch (position) {
            case AT_HEAD -> "good";
            case BEHIND, NOT_SEEN -> "due";
            case UNKNOWN_REVISION, FORKED -> "bad";
        };
    }

    private static Row row(Standing standing, EnvironmentLine line, Instant now) {
        String since = standing.since() == null ? "never witnessed" : Ago.of(standing.since().at(), now);
        String known = switch (standing.kind()) {
            case APPLIED -> standing.inferred() ? "applied, inferred" : "applied";
            case STAMPED -> "stamped";
            case IMPLIED -> "not witnessed";
        };
        return new Row(
                standing.revision(), known, standing.since() == null ? "" : since, who(standing, line),
                line.unknownRows().contains(standing.revision()));
    }

    private static String who(Standing standing, EnvironmentLine line) {
        Evidence evidence = standing.evidence();
        Attribution attribution = evidence == null ? null : evidence.attribution();
        Actor actor = attribution == null ? null : attribution.actor();
        if (actor == null) {
            return "";
        }
        return line.runs().stream()
                .filter(run -> RunClaim.runOf(actor.applicationName()).filter(run.run()::equals).isPresent())
                .findFirst()
                .map(run -> "by %s in a run of %s".formatted(actor.user(), claimed(run.claim())))
                .orElse("by " + actor.inWords());
    }

    private static String claimed(RunClaim claim) {
        String user = claim.user() == null ? "somebody" : claim.user();
        return claim.host() == null ? user : user + " on " + claim.host();
    }

    private static String noRows(@Nullable VersionTable table) {
        if (table == null) {
            return "not read yet";
        }
        return switch (table.state()) {
            case MISSING -> "no table " + table.name();
            case EMPTY -> table.name() + " is empty";
            case PRESENT -> "";
        };
    }

    private static Moment moment(@Nullable Instant at, Instant now) {
        return at == null ? new Moment("never", "", null) : new Moment(Ago.of(at, now), Ago.absolute(at), at);
    }
}
