package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.rules.Observations.ScriptsSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The history has several ends; what lies on each side of the fork says what a merge would mean. */
final class MultipleHeads implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.MULTIPLE_HEADS;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS);
    }

    @Override
    public List<Finding> judge(Case c) {
        ScriptsSeen scripts = c.seen().scripts();
        return scripts == null
                ? List.of()
                : scripts.problems().stream()
                        .filter(problem -> problem.code() == DivergenceCode.MULTIPLE_HEADS)
                        .map(problem -> finding(c, scripts, problem))
                        .toList();
    }

    private static Finding finding(Case c, ScriptsSeen scripts, Finding problem) {
        if (problem.severity() != Severity.ERROR || Placing.isDamaged(scripts)) {
            return problem.with(List.of());
        }
        List<String> heads = List.copyOf(new TreeSet<>(scripts.graph().heads()));
        Sides sides = Sides.of(scripts, heads, c.seen().schema());
        List<Exhibit> evidence = new ArrayList<>(problem.evidence());
        sides.parting().forEach(revision -> evidence.add(Exhibit.revision(revision)));
        sides.shared().stream().limit(Words.MOST_NAMED).forEach(object -> evidence.add(Exhibit.object(object)));
        return new Finding(problem.code(), problem.severity(), problem.subject(),
                "%s %s".formatted(problem.message(), said(sides)), evidence, c.plan(problem.code()));
    }

    private static String said(Sides sides) {
        String parting = sides.parting().isEmpty()
                ? "They share nothing"
                : "They part at %s".formatted(Words.set(sides.parting()));
        List<String> each = sides.changed().entrySet().stream()
                .map(side -> "%s changes %s".formatted(Words.id(side.getKey()), changed(side.getValue())))
                .toList();
        String shared = sides.shared().isEmpty()
                ? sides.areReadable() ? "nothing is changed by both" : "nothing is known to be changed by both"
                : "both change %s".formatted(Words.objects(sides.shared()));
        return "%s: %s; %s.".formatted(parting, Words.list(each), shared);
    }

    private static String changed(Set<ObjectName> objects) {
        List<ObjectName> whole = objects.stream()
                .filter(object -> object.kind() != ObjectKind.SEQUENCE) // Nearly always a column's own.
                .filter(object -> objects.stream()
                        .noneMatch(other -> !other.equals(object) && other.holds(object)))
                .toList();
        return whole.isEmpty() ? "nothing in the schema" : Words.objects(whole);
    }
}
