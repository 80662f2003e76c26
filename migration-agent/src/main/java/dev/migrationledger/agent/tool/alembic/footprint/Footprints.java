package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Binding;
import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.agent.sql.postgresql.LiteralSql;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.InvalidSource;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.List;

/** Footprints of scripts. */
public final class Footprints {

    private Footprints() {}

    /**
     * Follows a script's two functions. Where one is missing nothing is done: Alembic fails when it is asked for it.
     *
     * @param script as importing it would leave it
     */
    public static Footprint of(EvaluatedModule script, EnvironmentSettings environment) {
        return LiteralSql.ofScript(
                () -> new Footprint(effects(script, "upgrade", environment),
                        effects(script, "downgrade", environment)));
    }

    /** The footprint of a script that cannot be read at all. */
    public static Footprint unknown(String file, UnreadReason reason) {
        Effects unknown = unread(1, file, reason);
        return new Footprint(unknown, unknown);
    }

    private static Effects unread(int line, String expression, UnreadReason reason) {
        return new Effects(List.of(new Unread(expression, reason, null, Location.line(line))));
    }

    private static Effects effects(EvaluatedModule script, String function, EnvironmentSettings environment) {
        if (!script.problems().isEmpty()) {
            SyntaxProblem problem = script.problems().getFirst();
            return unread(
                    problem.line(), "def " + function, new InvalidSource(null, null, problem.error()));
        }
        EffectCollector reading = new EffectCollector(
                environment, script.names().values().stream().map(Binding::symbol).toList());
        boolean found = script.follow(function, reading);
        Integer wildcard = script.wildcardImport();
        if (!found && wildcard != null) {
            return unread(wildcard, "import *", new UnknownValue(Value.WILDCARD_IMPORT));
        }
        return reading.effects();
    }
}
