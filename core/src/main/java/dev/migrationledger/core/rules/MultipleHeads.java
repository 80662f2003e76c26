package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.situation.BranchComparison;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaLocator;
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
    public List<Finding> judge(RuleContext c) {
        ScriptsSeen scripts = c.seen().scripts();
        return scripts == null
                ? List.of()
                : scripts.problems().stream()
                        .filter(problem -> problem.code() == DivergenceCode.MULTIPLE_HEADS)
                        .map(problem -> finding(c, scripts, problem))
                        .toList();
    }

    private static Finding finding(RuleContext c, ScriptsSeen scripts, Finding problem) {
        if (problem.severity() != Severity.ERROR || SchemaLocator.isDamaged(scripts)) {
            return problem.with(List.of());
        }
        List<String> heads = List.copyOf(new TreeSet<>(scripts.graph().heads()));
        BranchComparison sides = BranchComparison.of(scripts, heads, c.seen().schema());
        List<Exhibit> evidence = new ArrayList<>(problem.evidence());
        sides.parting().forEach(revision -> evidence.add(Exhibit.revision(revision)));
        sides.shared().stream().limit(MessageText.MOST_NAMED).forEach(object -> evidence.add(Exhibit.object(object)));
        return new Finding(problem.code(), problem.severity(), problem.subject(),
                "%s %s".formatted(problem.message(), sentence(sides)), evidence, c.plan(problem.code()));
    }

    private static String sentence(BranchComparison sides) {
        String parting = sides.parting().isEmpty()
                ? "They share nothing"
                : "They part at %s".formatted(MessageText.set(sides.parting()));
        List<String> each = sides.changed().entrySet().stream()
                .map(side -> "%s changes %s".formatted(MessageText.id(side.getKey()), changed(side.getValue())))
                .toList();
        String shared = sides.shared().isEmpty()
                ? sides.areReadable() ? "nothing is changed by both" : "nothing is known to be changed by both"
                : "both change %s".formatted(MessageText.objects(sides.shared()));
        return "%s: %s; %s.".formatted(parting, MessageText.list(each), shared);
    }

    private static String changed(Set<ObjectName> objects) {
        List<ObjectName> whole = objects.stream()
                .filter(object -> object.kind() != ObjectKind.SEQUENCE) // Nearly always a column's own.
                .filter(object -> objects.stream()
                        .noneMatch(other -> !other.equals(object) && other.holds(object)))
                .toList();
        return whole.isEmpty() ? "nothing in the schema" : MessageText.objects(whole);
    }
}
