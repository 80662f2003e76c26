package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.List;

/** Finds one divergence. Pure; says nothing where what it needs was not looked at. */
interface Rule {

    List<Finding> judge(RuleContext c);
}
