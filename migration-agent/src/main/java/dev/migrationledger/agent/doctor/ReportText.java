package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.cli.FindingText;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.PlanText;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.agent.doctor.MissingInput.What;
import dev.migrationledger.agent.doctor.picture.Picture;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.rules.Diagnosis;
import dev.migrationledger.core.rules.RootCause;
import dev.migrationledger.core.situation.Confirmation;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A judgement for people: the verdict, what is wrong, how to repair it, then where things are, a picture, and what is doubtful. */
record ReportText(Examination examination, Diagnosis diagnosis, DoctorReport report, Paint paint, Screen screen) {

    private static final int MOST_PLACES = 4;
    private static final int MOST_OBJECTS = 6;
    private static final int MOST_DOUBTS = 2;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        screen.wrapped("", Paint.plain(report.summary())).forEach(line -> lines.add(verdict(line)));
        if (report.unnamed() != null) {
            lines.addAll(screen.wrapped("  ", Paint.plain(report.unnamed())));
        }
        report.unseen().forEach(unseen -> lines.addAll(screen.wrapped("  ", Paint.plain(unseen.reason()))));
        add(lines, new FindingText(RootCause.of(worthReading()), paint, screen).lines());
        add(lines, plan());
        add(lines, facts());
        if (report.unseen().stream().noneMatch(unseen -> isOfTheStamp(unseen.what()))) {
            add(lines, picture());
        }
        add(lines, unconfirmed());
        add(lines, doubts());
        return lines;
    }

    /** Without what is stamped, the picture would show every revision as one to run. */
    private static boolean isOfTheStamp(What what) {
        return switch (what) {
            case DATABASE, VERSION_TABLE -> true;
            case SCRIPTS, SCHEMA -> false;
        };
    }

    /** That revisions wait to be run is said by verdict, picture and plan. */
    private List<Finding> worthReading() {
        Set<String> steps = report.plan().stream().map(PlanStep::why).collect(Collectors.toSet());
        return report.findings().stream()
                .filter(finding -> finding.code() != DivergenceCode.BEHIND_HEAD || report.plan().isEmpty())
                .map(finding -> withoutAdvice(finding, steps))
                .toList();
    }

    /** What is a step of the plan is not said twice. */
    private static Finding withoutAdvice(Finding finding, Set<String> steps) {
        return new Finding(finding.code(), finding.severity(), finding.subject(), finding.message(),
                finding.evidence().stream()
                        .filter(it -> it.what() != Exhibit.What.ADVICE || !steps.contains(it.value()))
                        .toList(),
                finding.plan());
    }

    private static void add(List<String> lines, List<String> more) {
        if (!more.isEmpty()) {
            lines.add("");
            lines.addAll(more);
        }
    }

    private String verdict(String line) {
        return paint.strong(switch (report.verdict()) {
            case HEALTHY, BEHIND -> paint.good(line);
            case UNCONFIRMED, WARNING, UNKNOWN -> paint.severity(Severity.WARNING, line);
            case WRONG -> paint.severity(Severity.ERROR, line);
        });
    }

    private List<String> facts() {
        List<String> lines = new ArrayList<>();
        if (report.database() != null) {
            lines.addAll(hanging("database  ", Paint.plain(report.database())));
        }
        ScriptsSeen scripts = examination.observations().scripts();
        lines.addAll(hanging("scripts   ", scripts != null
                ? scripts(scripts)
                : report.unseen().stream().anyMatch(unseen -> unseen.what() == What.SCRIPTS)
                        ? "could not be read"
                        : "none"));
        VersionTable table = report.versionTable();
        if (table != null && report.verdict() == Verdict.HEALTHY) {
            // What is stamped, the summary and the picture say.
            lines.addAll(hanging("table     ", Paint.plain(table.name())));
        } else if (table != null) {
            lines.addAll(hanging("stamped   ", switch (table.state()) {
                case MISSING -> "nothing: " + Paint.plain(table.name()) + " does not exist";
                case EMPTY -> "nothing: " + Paint.plain(table.name()) + " is empty";
                case PRESENT -> Paint.plain(String.join(", ", table.rows()) + "  in " + table.name());
            }));
        }
        PhysicalState physical = diagnosis.physical();
        if (physical != null && !(report.verdict() == Verdict.HEALTHY && physical.exact())) {
            lines.addAll(hanging("schema    ", Paint.plain(schema(physical))));
        }
        return lines;
    }

    private List<String> hanging(String front, String text) {
        List<String> lines = new ArrayList<>(screen.wrapped(" ".repeat(front.length()), text));
        lines.set(0, front + lines.getFirst().substring(front.length()));
        return lines;
    }

    private String scripts(ScriptsSeen scripts) {
        RevisionGraph graph = scripts.graph();
        boolean isNamed = report.verdict() == Verdict.HEALTHY && report.stamped() != null && graph.heads().size() == 1;
        return Paint.plain("%s: %s%s".formatted(scripts.source(), Count.of(graph.revisions().size(), "revision"),
                isNamed ? "" : heads(graph)));
    }

    private static String heads(RevisionGraph graph) {
        if (graph.lacksParents()) {
            return "";
        }
        List<String> heads = graph.heads();
        int effective = heads.size() - graph.realHeads().size();
        return switch (heads.size()) {
            case 0 -> ", no head";
            case 1 -> ", head " + heads.getFirst();
            default -> ", %d heads".formatted(heads.size())
                    + (effective == 0 ? "" : ", %d of them effective".formatted(effective));
        };
    }

    private String schema(PhysicalState physical) {
        SchemaPositions places = SchemaPositions.of(diagnosis, physical);
        List<List<String>> sets = places.sets();
        if (!places.match()) {
            return "matches no revision"
                    + (sets.isEmpty() ? "" : "; nearest is " + either(places.confirmed() ? sets.subList(0, 1) : sets));
        }
        if (physical.exact()) {
            return Summary.together(sets.getFirst());
        }
        String others = physical.complete() ? "" : " or others";
        return places.confirmed()
                ? "%s (%s would look the same)".formatted(Summary.together(sets.getFirst()),
                        either(sets.subList(1, sets.size())) + others)
                : either(sets) + others + ", which look the same";
    }

    private static String either(List<List<String>> sets) {
        return ListText.or(sets.stream().map(Summary::together).toList(), MOST_PLACES);
    }

    private List<String> picture() {
        ScriptsSeen scripts = examination.observations().scripts();
        if (scripts == null) {
            return List.of();
        }
        RevisionGraph graph = scripts.graph();
        List<String> rows = report.stamped() == null ? List.of() : report.stamped();
        List<String> lines = new ArrayList<>();
        for (String unknown : graph.unknown(rows)) {
            lines.add(paint.strong("?  %s  ◀ stamped, in no script".formatted(Paint.plain(unknown))));
        }
        Set<String> applied = graph.implied(rows);
        lines.addAll(new Picture(graph, applied,
                GraphAnnotations.of(report.versionTable(), diagnosis, graph::contains), paint, screen).lines());
        return lines;
    }

    private List<String> plan() {
        return new PlanText(report.verdict() == Verdict.WRONG ? "Repair" : "Next", report.plan(), paint, screen)
                .lines();
    }

    /** That the last steps cannot be seen is no fault, and said all the same. */
    private List<String> unconfirmed() {
        Confirmation confirmation = diagnosis.confirmation();
        if (confirmation == null || !confirmation.anything()) {
            return List.of();
        }
        // Of the others a finding says so.
        List<String> open = confirmation.open().stream()
                .filter(revision -> !confirmation.leftOut().revisions().contains(revision)).toList();
        String words = "The schema does not show whether %s ran".formatted(ListText.and(open, MOST_OBJECTS));
        PhysicalState physical = diagnosis.physical();
        boolean isDoubt = physical != null && physical.doubts().stream().anyMatch(doubt -> doubt.startsWith(words));
        return open.isEmpty() || isDoubt
                ? List.of()
                : screen.wrapped("", Paint.plain(words + ".")).stream().map(paint::faint).toList();
    }

    private List<String> doubts() {
        PhysicalState physical = diagnosis.physical();
        if (physical == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        // Those that no revision can have made are a finding.
        List<String> perhaps = physical.unexplained().stream().filter(it -> it.perhaps() != null)
                .map(it -> "%s %s (%s)".formatted(it.object().kind().words(), it.object().dotted(), it.perhaps()))
                .toList();
        if (!perhaps.isEmpty()) {
            lines.addAll(screen.wrapped("", Paint.plain(
                    "Possibly created by statements that cannot be read: " + ListText.and(perhaps, MOST_OBJECTS))));
        }
        physical.doubts().stream().limit(MOST_DOUBTS).forEach(
                doubt -> lines.addAll(screen.wrapped("", Paint.plain(doubt))));
        if (physical.doubts().size() > MOST_DOUBTS) {
            lines.add("… and %d more; --output json shows all".formatted(
                    physical.doubts().size() - MOST_DOUBTS));
        }
        return lines.stream().map(paint::faint).toList();
    }
}
