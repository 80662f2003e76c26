package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.List;
import java.util.Set;

/** What is wrong with the scripts by themselves; whoever read them found it. */
final class ScriptProblemRule implements Rule {

    private final DivergenceCode code;

    ScriptProblemRule(DivergenceCode code) {
        this.code = code;
    }

    @Override
    public DivergenceCode code() {
        return code;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        return c.seen().scripts() == null
                ? List.of()
                : c.seen().scripts().problems(code);
    }
}
