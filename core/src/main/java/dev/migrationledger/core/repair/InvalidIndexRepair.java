package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.repair.Repair.Draft;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.List;
import java.util.Set;

/** How to get rid of an invalid index and make it again. */
record InvalidIndexRepair(ScriptsSeen scripts, Commands commands, List<String> stamped) {

    /** Drops it, which loses nothing, and leaves the rows that stopped it to a person. */
    void repair(List<Discrepancy> invalid, Set<DivergenceCode> of, Draft draft) {
        invalid.stream().map(Discrepancy::object).distinct().forEach(index -> drop(index, of, draft));
        List<String> makers = invalid.stream().flatMap(one -> one.revisions().stream()).distinct().toList();
        boolean applied = scripts.graph().implied(stamped).containsAll(makers);
        draft.stop(of,
                "Change the rows that stopped it, such as duplicates; PostgreSQL named them when it failed. Then %s.%s"
                        .formatted(applied
                                ? create(makers)
                                : "look again, and upgrade: %s creates it".formatted(MessageText.ids(makers)),
                                applied ? commands.pathFirst() : ""),
                applied ? "The index is there and valid." : "The rows would fit into the index.");
    }

    static void drop(ObjectName index, Set<DivergenceCode> of, Draft draft) {
        draft.run(of, "psql \"$DATABASE_URL\" -c 'DROP INDEX CONCURRENTLY %s'".formatted(quoted(index)),
                "%s is invalid: its creation failed, so it is not used and enforces nothing. Dropping it loses no rows. DATABASE_URL must be as psql takes it, without a driver's name."
                        .formatted(MessageText.upper(MessageText.object(index))),
                "The index is missing.");
    }

    private String create(List<String> makers) {
        Revision maker = makers.size() == 1 ? scripts.graph().find(makers.getFirst()).orElse(null) : null;
        return maker == null || maker.parents().size() != 1
                ? "create it again as %s does".formatted(MessageText.ids(makers))
                : "create it again: '%s' prints the statement".formatted(
                        commands.sql(maker.parents().getFirst(), maker.revision()));
    }

    private static String quoted(ObjectName index) {
        return "\"%s\".\"%s\"".formatted(String.valueOf(index.schema()).replace("\"", "\"\""),
                index.name().replace("\"", "\"\"").replace("'", "'\\''"));
    }
}
