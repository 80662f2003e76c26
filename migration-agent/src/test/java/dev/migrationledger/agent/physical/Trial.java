package dev.migrationledger.agent.physical;

import dev.migrationledger.agent.physical.Elsewhere.Count;
import dev.migrationledger.agent.physical.Walk.Damaged;
import dev.migrationledger.agent.physical.Walk.Seen;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.core.rules.Diagnosis;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Asks at each stop of a history what a doctor must answer, and holds it against what PostgreSQL says of the schema. */
final class Trial {

    /** Plans of one history that are run although they do what the walk itself did: give a schema its own rows and upgrade it. */
    private static final int LIKE_THE_WALK = 3;

    /** Stamps of other stops that are tried at one stop: the neighbours, the last, and others by lot. */
    private static final int STAMPS = Integer.getInteger("oracle.stamps", Integer.MAX_VALUE);

    private static final Pattern STAMP = Pattern.compile("alembic (?:\\S+ )*?stamp (?:--purge )?(.*)");

    private final Judge judge;
    private final Elsewhere counts;
    private final List<Seen> stops;
    private final Random lot = new Random(7);
    private final Map<State, Planned> planned = new LinkedHashMap<>();
    private final List<String> verdicts = new ArrayList<>();

    /** A plan that was printed, and where. */
    private record Planned(Seen at, List<String> rows, List<String> damage, List<String> commands, String what) {

        /** Whether it gives an undamaged schema the rows that it had, so that the walk itself shows what the upgrade does. */
        boolean isLikeTheWalk() {
            return damage.isEmpty() && commands.stream().filter(it -> !it.startsWith("alembic upgrade"))
                    .map(STAMP::matcher)
                    .allMatch(stamp -> stamp.matches()
                            && Set.of(stamp.group(1).split(" +")).equals(Set.copyOf(at.stop().rows())));
        }

        /** A plan that writes the version table again ends the same from all rows. */
        State state() {
            boolean stamps = STAMP.matcher(commands.getFirst()).matches();
            return new State(at.stop().rows(), damage, commands, stamps ? List.of() : rows);
        }
    }

    /** What a plan is run on. */
    private record State(List<String> at, List<String> damage, List<String> commands, List<String> rows) {}

    Trial(Judge judge, Elsewhere counts) {
        this.judge = judge;
        this.counts = counts;
        this.stops = judge.stops();
    }

    /** All but the running of plans. */
    void ask() {
        for (int i = 0; i < stops.size(); i++) {
            Seen stop = stops.get(i);
            asItIs(stop);
            others(i).limit(STAMPS).forEach(other -> stamped(stop, stops.get(other)));
            for (Damaged damaged : stop.damaged()) {
                damaged(stop, damaged);
            }
        }
    }

    private Stream<Integer> others(int stop) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, stops.size()).boxed().toList());
        Collections.shuffle(all, lot);
        return Stream.concat(Stream.of(stop - 1, stop + 1, stops.size() - 1), all.stream())
                .filter(other -> other >= 0 && other < stops.size() && other != stop).distinct();
    }

    private void asItIs(Seen stop) {
        List<String> truth = stop.stop().rows();
        Diagnosis diagnosis = judge.diagnosis(stop.schema(), truth);
        counts.add(Count.STOPS);
        List<Finding> wrong = wrong(diagnosis);
        verdicts.add(
                truth + " " + wrong.stream().map(finding -> finding.code().toString()).sorted().distinct().toList());
        String what = "at %s: %s".formatted(truth, findingsText(diagnosis));
        if (wrong.isEmpty()) {
            boolean among = Objects.requireNonNull(diagnosis.physical()).candidates().contains(truth);
            counts.add(among || truth.isEmpty() ? Count.RIGHT : Count.COULD_NOT_TELL);
        } else if (unconfirmed(wrong)) {
            counts.fault(Count.COULD_NOT_TELL, what);
        } else {
            counts.fault(Count.FALSE_ALARM, what);
        }
        advice(stop, truth, List.of(), stop.catalog(), diagnosis, "as it is");
    }

    private void stamped(Seen stop, Seen other) {
        List<String> rows = other.stop().rows();
        Diagnosis diagnosis = judge.diagnosis(stop.schema(), rows);
        counts.add(Count.STAMPS);
        List<Finding> wrong = wrong(diagnosis);
        if (!wrong.isEmpty()) {
            counts.add(unconfirmed(wrong) ? Count.STAMPS_UNCONFIRMED : Count.STAMPS_FOUND);
        } else if (other.catalog().equals(stop.catalog())) {
            counts.add(Count.STAMPS_ALIKE);
        } else {
            // "schema b (a would be the same)"
            boolean noted = Objects.requireNonNull(diagnosis.physical()).candidates().contains(stop.stop().rows());
            counts.fault(noted ? Count.STAMPS_NOTED : Count.FALSE_HEALTHY, "at %s, stamped %s: %s; %s".formatted(
                    stop.stop().rows(), rows, findingsText(diagnosis), difference(other.catalog(), stop.catalog())));
        }
        advice(stop, rows, List.of(), stop.catalog(), diagnosis, "stamped " + rows);
    }

    private void damaged(Seen stop, Damaged damaged) {
        List<String> truth = stop.stop().rows();
        Diagnosis diagnosis = judge.diagnosis(damaged.schema(), truth);
        counts.add(Count.DAMAGES);
        if (wrong(diagnosis).isEmpty()) {
            counts.fault(Count.UNNOTICED,
                    "at %s, %s: %s".formatted(truth, damaged.damage().sql(), findingsText(diagnosis)));
            return;
        }
        advice(stop, truth, List.of(damaged.damage().sql()), damaged.catalog(), diagnosis, damaged.damage().sql());
    }

    /** A stamp that is advised must be of the stop where the database is, or of one that has the very schema. */
    private void advice(Seen stop, List<String> rows, List<String> damage, Set<String> catalog, Diagnosis diagnosis,
            String what) {
        List<PlanStep> plan = diagnosis.plan();
        if (plan.isEmpty()) {
            return;
        }
        counts.add(Count.PLANS);
        String about = "at %s, %s: %s".formatted(stop.stop().rows(), what, findingsText(diagnosis));
        List<String> advised = plan.stream().map(PlanStep::command).filter(Objects::nonNull).map(STAMP::matcher)
                .filter(Matcher::matches).map(matcher -> matcher.group(1)).toList();
        boolean harmful = false;
        if (!advised.isEmpty()) {
            Set<String> target = new TreeSet<>(List.of(advised.getFirst().split(" +")));
            boolean base = target.equals(Set.of("base"));
            Seen intended = stops.stream()
                    .filter(it -> Set.copyOf(it.stop().rows()).equals(base ? Set.of() : target)).findFirst()
                    .orElse(null);
            boolean here = intended != null && intended.stop().rows().equals(stop.stop().rows());
            // A line of stops does not come to every set of heads: of one that it passes by only what surely does nothing may differ.
            harmful = intended == null
                    ? !damage.isEmpty() || !nothingBetween(stop, base ? Set.of() : target)
                    : !(here && damage.isEmpty()) && !intended.catalog().equals(catalog);
            if (intended != null && !harmful && !here && damage.isEmpty() && !noRowsBetween(stop, intended)) {
                // The same schema, and yet revisions between are skipped or run again.
                harmful = plan.stream().noneMatch(step -> step.command() == null);
            }
        }
        if (plan.stream().anyMatch(step -> step.command() == null)) {
            counts.add(Count.PLANS_STOP);
        }
        if (harmful) {
            counts.fault(Count.HARMFUL, about);
        } else if (stop.copy() != null && plan.stream().allMatch(step -> step.command() != null)
                && (!damage.isEmpty() || (!rows.equals(stop.stop().rows()) && !isIndistinguishable(stop, rows)))) {
            Planned one = new Planned(stop, rows, damage,
                    plan.stream().map(step -> String.valueOf(step.command())).toList(),
                    about);
            planned.putIfAbsent(one.state(), one);
        }
    }

    /** Whether it is invisible that these are not the rows of the stop: its schema is that of the stop that has them. */
    private boolean isIndistinguishable(Seen stop, List<String> rows) {
        return stops.stream().anyMatch(it -> it.stop().rows().equals(rows) && it.catalog().equals(stop.catalog()));
    }

    /** Whether what one stop has and the other has not writes no rows: then it does not matter, where the schemas are the same. */
    private boolean noRowsBetween(Seen one, Seen other) {
        return between(one.stop().revisions(), other.stop().revisions()).stream().allMatch(revision -> {
            Footprint footprint = judge.footprints().get(revision);
            return footprint != null && footprint.upgrade().effects().stream()
                    .noneMatch(effect -> effect instanceof Effect.Write || effect instanceof Effect.Unread);
        });
    }

    private boolean nothingBetween(Seen stop, Set<String> rows) {
        return between(stop.stop().revisions(), judge.graph().implied(rows)).stream().allMatch(revision -> {
            Footprint footprint = judge.footprints().get(revision);
            return footprint != null && footprint.upgrade().isNone();
        });
    }

    private static Set<String> between(Set<String> one, Set<String> other) {
        Set<String> between = new TreeSet<>(one);
        between.addAll(other);
        between.removeIf(it -> one.contains(it) && other.contains(it));
        return between;
    }

    /** What was found at each stop as it is, so that the same history in other words can be held against it. */
    List<String> verdicts() {
        return verdicts;
    }

    /** Runs the plans that were printed on copies, in a shell: each that differs in what it does or what it is done to. */
    void run(Shell shell) throws Exception {
        List<Planned> chosen = Stream.concat(planned.values().stream().filter(it -> !it.isLikeTheWalk()),
                planned.values().stream().filter(Planned::isLikeTheWalk).limit(LIKE_THE_WALK)).toList();
        Set<String> clean = stops.getLast().catalog();
        for (Planned each : chosen) {
            String copy = TestServer.copyOf(Objects.requireNonNull(each.at().copy()));
            List<String> statements = new ArrayList<>(each.damage());
            if (each.damage().isEmpty()) {
                statements.add(
                        "CREATE TABLE IF NOT EXISTS alembic_version (version_num varchar(128) PRIMARY KEY)");
                statements.add("DELETE FROM alembic_version");
                each.rows().forEach(row -> statements.add("INSERT INTO alembic_version VALUES ('" + row + "')"));
            }
            TestServer.run(copy, statements.toArray(String[]::new));
            counts.add(Count.PLANS_RUN);
            String failed = "";
            for (String command : each.commands()) {
                failed = failed.isEmpty() ? shell.type(command, copy) : failed;
            }
            if (failed.isEmpty() && !shell.rows(copy).equals(stops.getLast().stop().rows())) {
                failed = shell.type("alembic upgrade heads", copy);
            }
            Set<String> catalog = shell.catalog(copy);
            TestServer.drop(copy);
            if (!failed.isEmpty() && failsAnyway(each.at(), shell)) {
                counts.add(Count.PLANS_RUN, -1);
            } else if (!failed.isEmpty()) {
                counts.fault(Count.HARMFUL, each.what() + "; it fails: " + failed);
            } else if (!catalog.equals(clean)) {
                counts.fault(Count.HARMFUL,
                        each.what() + "; it does not end as a clean upgrade: " + difference(clean, catalog));
            }
        }
    }

    /** Whether an upgrade in one go fails from the stop as it was left, too, so that a plan says nothing here. */
    private static boolean failsAnyway(Seen stop, Shell shell) throws Exception {
        String copy = TestServer.copyOf(Objects.requireNonNull(stop.copy()));
        boolean fails = !shell.type("alembic upgrade heads", copy).isEmpty();
        TestServer.drop(copy);
        return fails;
    }

    private static List<Finding> wrong(Diagnosis diagnosis) {
        return diagnosis.findings().stream().filter(finding -> finding.severity() != Severity.INFO).toList();
    }

    private static boolean unconfirmed(List<Finding> findings) {
        return findings.stream().allMatch(finding -> finding.code() == DivergenceCode.STAMP_UNCONFIRMED);
    }

    private static String findingsText(Diagnosis diagnosis) {
        String findings = diagnosis.findings().stream()
                .map(finding -> finding.code() + " (" + finding.message() + " " + finding.evidence().stream()
                        .filter(Finding.Exhibit::isSentence).map(Finding.Exhibit::value).toList() + ")")
                .collect(Collectors.joining(" "));
        String plan = diagnosis.plan().stream().map(step -> String.valueOf(step.command()))
                .collect(Collectors.joining("; "));
        return findings + " | plan " + plan + " | physical " + diagnosis.physical();
    }

    private static String difference(Set<String> expected, Set<String> actual) {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(actual);
        Set<String> more = new TreeSet<>(actual);
        more.removeAll(expected);
        return "missing %s, more %s".formatted(some(missing), some(more));
    }

    private static List<String> some(Set<String> lines) {
        return lines.stream().limit(4).map(line -> line.length() > 160 ? line.substring(0, 160) + "…" : line).toList();
    }
}
