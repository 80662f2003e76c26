package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.List;

/** What is wrong with the scripts by themselves; whoever read them found it. */
final class ScriptProblem implements Rule {

    private final DivergenceCode code;

    ScriptProblem(DivergenceCode code) {
        this.code = code;
    }

    @Override
    public List<Finding> judge(RuleContext c) {
        return c.seen().scripts() == null
                ? List.of()
                : c.seen().scripts().problems().stream().filter(problem -> problem.code() == code).toList();
    }
}
