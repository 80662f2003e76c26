package dev.migrationledger.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.ResolvedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plans, run: histories, states and stamps that a seed makes up. */
class PlansTest {

    private static final int CASES = 6 * Integer.getInteger("sweeps", 100);
    private static final Pattern STAMP = Pattern.compile("alembic stamp (?:--purge )?((?:base|rev\\w+)(?: rev\\w+)*)");
    private static final Pattern RERUN = Pattern.compile("upgrade rev\\w+:(rev\\w+) --sql");

    @Test
    void a_plan_never_fails_never_changes_rows_twice_and_ends_healthy_or_stops() {
        int whole = 0;
        int stopped = 0;
        int deceived = 0;
        for (int seed = 0; seed < CASES; seed++) {
            RandomGenerator random = new Random(seed);
            MadeUpHistory history = history(seed, random);
            Bench bench = new Bench(history);
            List<String> truth = state(bench.graph(), random);
            bench.migrate(truth);
            bench.write(stamp(bench.graph(), random));
            String story = "seed %d: %s, schema at %s, rows %s".formatted(seed, history, truth,
                    bench.rows());
            Diagnosis diagnosis = Diagnosis.of(bench.observe());
            if (isDeceived(bench, diagnosis, truth)) {
                deceived++;
                continue;
            }
            if (endsHealthy(bench, diagnosis, story)) {
                whole++;
            } else {
                stopped++;
            }
        }
        // A plan that stops everywhere, or is believed everywhere, proves nothing.
        assertThat(whole).isGreaterThan(stopped);
        assertThat(deceived).isLessThan(CASES / 4);
    }

    @Test
    void a_revision_that_never_ran_runs_alone_or_the_plan_stops() {
        int whole = 0;
        int tried = 0;
        for (int seed = 0; seed < CASES; seed++) {
            RandomGenerator random = new Random(seed);
            MadeUpHistory history = history(seed, random);
            Bench bench = new Bench(history);
            List<String> truth = state(bench.graph(), random);
            List<String> applied = bench.graph().topological(bench.graph().implied(truth));
            if (applied.isEmpty()) {
                continue;
            }
            String left = applied.get(random.nextInt(applied.size()));
            if (!bench.migrateWithout(truth, left)) {
                continue;
            }
            tried++;
            bench.write(truth);
            Diagnosis diagnosis = Diagnosis.of(bench.observe());
            boolean hole = diagnosis.findings().stream()
                    .anyMatch(finding -> finding.code() == DivergenceCode.SCHEMA_HOLE);
            String story = "seed %d: %s, schema at %s without %s".formatted(seed, history, truth, left);
            whole += hole && endsHealthy(bench, diagnosis, story) ? 1 : 0;
        }
        assertThat(tried).isGreaterThan(CASES / 2);
        assertThat(whole).isGreaterThan(CASES / 30);
    }

    @Test
    void a_database_as_its_rows_say_is_at_most_behind() {
        for (int seed = 0; seed < CASES; seed++) {
            RandomGenerator random = new Random(seed);
            MadeUpHistory history = history(seed, random);
            Bench bench = new Bench(history);
            List<String> truth = state(bench.graph(), random);
            bench.migrate(truth);
            bench.write(truth);
            assertThat(Diagnosis.of(bench.observe()).findings()).as("seed %d: %s at %s", seed, history, truth)
                    .extracting(Finding::code)
                    .isSubsetOf(DivergenceCode.BEHIND_HEAD, DivergenceCode.MULTIPLE_HEADS,
                            DivergenceCode.STAMP_UNCONFIRMED);
        }
    }

    /** A wrong stamp that the schema distinguishes from the right one is an error; another cannot be found. */
    @Test
    void a_wrong_stamp_is_found_where_the_schema_shows_it() {
        int found = 0;
        for (int seed = 0; seed < CASES; seed++) {
            RandomGenerator random = new Random(seed);
            MadeUpHistory history = MadeUpHistory.of(random);
            Bench bench = new Bench(history);
            List<String> truth = state(bench.graph(), random);
            bench.migrate(truth);
            List<String> stamp = state(bench.graph(), random);
            bench.write(stamp);
            Bench other = new Bench(history);
            other.migrate(stamp);
            boolean alike = Objects.equals(bench.observe().schema(), other.observe().schema());
            boolean error = Diagnosis.of(bench.observe()).findings().stream()
                    .anyMatch(finding -> finding.severity() == Severity.ERROR
                            && finding.code() != DivergenceCode.MULTIPLE_HEADS);
            assertThat(error).as("seed %d: %s at %s, rows %s", seed, history, truth, stamp)
                    .isEqualTo(!alike);
            found += error ? 1 : 0;
        }
        assertThat(found).isGreaterThan(CASES / 4);
    }

    /** In spite of unread places: something was dropped, and no stamp ignores it. */
    @Test
    void no_printed_stamp_passes_over_a_missing_object() {
        int stamps = 0;
        for (int seed = 0; seed < CASES * 5; seed++) {
            RandomGenerator random = new Random(seed);
            MadeUpHistory history = MadeUpHistory.of(random).veiled(random);
            Bench bench = new Bench(history);
            bench.migrate(state(bench.graph(), random));
            List<ObjectName> objects = bench.objects();
            for (int dropped = random.nextInt(3); dropped > 0 && !objects.isEmpty(); dropped--) {
                bench.drop(objects.get(random.nextInt(objects.size())));
                objects = bench.objects();
            }
            bench.write(stamp(bench.graph(), random));
            Diagnosis diagnosis = Diagnosis.of(bench.observe());
            String story = "seed %d: %s without %s, rows %s".formatted(seed, history, bench.objects(), bench.rows());
            List<String> printed = Stream.concat(diagnosis.plan().stream(),
                    diagnosis.findings().stream().flatMap(finding -> finding.plan().stream()))
                    .flatMap(step -> Stream.of(String.valueOf(step.command()), step.why())).distinct().toList();
            List<ObjectName> run = printed.stream().flatMap(text -> RERUN.matcher(text).results())
                    .flatMap(found -> history.made(found.group(1)).stream()).toList();
            for (String text : printed) {
                for (MatchResult stamp : STAMP.matcher(text).results().toList()) {
                    List<String> rows = Stream.of(stamp.group(1).split(" ", -1)).filter(row -> !row.equals("base"))
                            .toList();
                    assertThat(history.surelyLeft(bench.graph().implied(rows), bench.graph()))
                            .as("%s: %s", story, stamp.group())
                            .allMatch(object -> bench.objects().contains(object) || run.contains(object)
                                    || text.contains(object.dotted())); // It is named, and a person has to make it first.
                    stamps++;
                }
            }
        }
        assertThat(stamps).isGreaterThan(CASES);
    }

    /** Every other one with revisions that cannot be read. */
    private static MadeUpHistory history(int seed, RandomGenerator random) {
        MadeUpHistory history = MadeUpHistory.of(random);
        return seed % 2 == 0 ? history : history.veiled(random);
    }

    /** Does what the plan says; false where it stops. */
    private static boolean endsHealthy(Bench bench, Diagnosis diagnosis, String story) {
        for (PlanStep step : diagnosis.plan()) {
            if (step.command() == null) {
                assertThat(step).as(story).isSameAs(diagnosis.plan().getLast());
                return false;
            }
            run(bench, step.command(), story);
        }
        Diagnosis afterwards = Diagnosis.of(bench.observe());
        // Where nothing can be read, nothing can be confirmed.
        assertThat(afterwards.findings().stream().map(Finding::code)).as(story)
                .isSubsetOf(DivergenceCode.STAMP_UNCONFIRMED);
        assertThat(afterwards.plan().stream().filter(step -> step.command() != null)).as(story).isEmpty();
        return true;
    }

    /** Whether rows claim a state that is not the true one and leaves the same schema: then they are believed, rightly or wrongly. */
    private static boolean isDeceived(Bench bench, Diagnosis diagnosis, List<String> truth) {
        Observations seen = bench.observe();
        ResolvedRows rows = ResolvedRows.of(Objects.requireNonNull(seen.versionTable()), bench.graph());
        return Objects.requireNonNull(diagnosis.physical()).candidates().stream()
                .filter(candidate -> !candidate.equals(truth))
                .anyMatch(candidate -> candidate.equals(rows.resolved())
                        || (!candidate.isEmpty() && rows.exact().containsAll(candidate)));
    }

    private static void run(Bench bench, String command, String story) {
        try {
            bench.execute(command);
        } catch (AssertionError e) {
            throw new AssertionError(story + ": " + command + ": " + e.getMessage(), e);
        }
    }

    /** Some of the revisions and all that they need, as the version table would hold them. */
    private static List<String> state(RevisionGraph graph, RandomGenerator random) {
        List<String> some = graph.revisions().stream().map(revision -> revision.revision())
                .filter(_ -> random.nextInt(3) == 0).toList();
        TreeSet<String> rows = new TreeSet<>(some);
        graph.overlapping(some).forEach(rows::remove);
        return List.copyOf(rows);
    }

    /** What someone may have written: another state, rows that contain one another, a row twice, half an id. */
    private static List<String> stamp(RevisionGraph graph, RandomGenerator random) {
        List<String> rows = new ArrayList<>(state(graph, random));
        if (!rows.isEmpty()) {
            switch (random.nextInt(6)) {
                case 0 -> rows.add(graph.revisions().getFirst().revision());
                case 1 -> rows.add(rows.getFirst());
                case 2 -> rows.set(0, rows.getFirst().substring(0, 6));
                default -> {
                }
            }
        }
        return rows;
    }
}
