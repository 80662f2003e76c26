package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.Differences;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaPosition;
import dev.migrationledger.core.situation.UnprovenStamps;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A revision was only written into the version table, and the schema cannot show whether it ran. */
final class StampedNotRun implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.STAMPED_NOT_RUN;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA, Input.WATCHING);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        ScriptsSeen scripts = c.seen().scripts();
        List<String> stamped = scripts != null && c.place() instanceof SchemaPosition.Confirmed confirmed
                ? UnprovenStamps.of(c.seen(), c.schema(), confirmed.stamped())
                : List.of();
        if (scripts == null || stamped.isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(DivergenceCode.STAMPED_NOT_RUN, Severity.WARNING, "",
                (stamped.size() == 1
                        ? "%s was only stamped, and the schema cannot show whether it ran."
                        : "%s were only stamped, and the schema cannot show whether they ran.")
                        .formatted(MessageText.ids(stamped)),
                Stream.concat(Stream.of(Exhibit.detail(new Differences(scripts).of(stamped) + ".")),
                        stamped.stream().limit(MessageText.MOST_NAMED).map(Exhibit::revision)).toList(),
                c.plan(DivergenceCode.STAMPED_NOT_RUN)));
    }
}
