package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.RivalFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several files declare one id; where the schema tells, it is said which of them ran. */
final class DuplicateRevision implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.DUPLICATE_REVISION;
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
                        .map(problem -> finding(problem, scripts, c.seen().schema()))
                        .toList();
    }

    private static Finding finding(Finding problem, ScriptsSeen scripts, @Nullable SchemaSeen schema) {
        List<RivalFile> files = RivalFile.of(problem, scripts, schema);
        if (files.isEmpty()) {
            return problem;
        }
        List<Exhibit> evidence = new ArrayList<>(problem.evidence());
        files.forEach(one -> evidence.add(Exhibit.detail(one.sentence())));
        return new Finding(problem.code(), problem.severity(), problem.subject(), problem.message(), evidence,
                problem.plan());
    }
}
