package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
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
    public List<Finding> check(RuleContext c) {
        ScriptsSeen scripts = c.seen().scripts();
        return scripts == null
                ? List.of()
                : scripts.problems(code()).stream()
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
        sentences(sides).forEach(sentence -> evidence.add(Exhibit.detail(sentence)));
        sides.parting().forEach(revision -> evidence.add(Exhibit.revision(revision)));
        sides.shared().stream().limit(MessageText.MOST_NAMED).forEach(object -> evidence.add(Exhibit.object(object)));
        return new Finding(problem.code(), problem.severity(), problem.subject(), problem.message(), evidence,
                c.plan(problem.code()));
    }

    private static List<String> sentences(BranchComparison sides) {
        List<String> sentences = new ArrayList<>();
        sentences.add(sides.parting().isEmpty()
                ? "The heads share no revision."
                : "The branches part at %s.".formatted(MessageText.set(sides.parting())));
        sides.changed().entrySet().stream().limit(MessageText.MOST_NAMED)
                .map(side -> "The branch of %s changes %s.".formatted(MessageText.id(side.getKey()),
                        changed(side.getValue())))
                .forEach(sentences::add);
        sentences.add(sides.shared().isEmpty()
                ? sides.areReadable()
                        ? "No object is changed on more than one branch."
                        : "No object is known to be changed on more than one branch, but some statements cannot be read."
                : "More than one branch changes %s.".formatted(MessageText.objects(sides.shared())));
        return sentences;
    }

    private static String changed(Set<ObjectName> objects) {
        List<ObjectName> whole = MessageText.whole(objects);
        return whole.isEmpty() ? "nothing in the schema" : MessageText.objects(whole);
    }
}
