package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.repair.Repair.Draft;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How to get rid of an invalid index and make it again. */
record InvalidIndexRepair(ScriptsSeen scripts, Commands commands, List<String> stamped) {

    static final String NAMED_ROWS = "PostgreSQL named these rows when the creation failed.";

    /** Drops it, which loses nothing, and leaves the rows that stopped it to a person. */
    void repair(List<Discrepancy> invalid, Set<DivergenceCode> of, Draft draft) {
        invalid.stream().map(Discrepancy::object).distinct().forEach(index -> drop(index, of, draft));
        List<String> makers = invalid.stream().flatMap(one -> one.revisions().stream()).distinct().toList();
        boolean applied = scripts.graph().implied(stamped).containsAll(makers);
        List<String> details = new ArrayList<>();
        details.add(NAMED_ROWS);
        if (applied) {
            Revision maker = makers.size() == 1 ? scripts.graph().find(makers.getFirst()).orElse(null) : null;
            details.add(maker == null || maker.parents().size() != 1
                    ? "It is created by %s.".formatted(MessageText.ids(makers))
                    : "'%s' prints the statement.".formatted(
                            commands.sql(maker.parents().getFirst(), maker.revision())));
            details.addAll(commands.pathFirst());
        } else {
            details.add("Check again before you upgrade.");
        }
        draft.stop(of,
                applied
                        ? "Correct the rows that prevent the index, such as duplicates, then create it again."
                        : "Correct the rows that prevent the index, such as duplicates, then upgrade: %s creates it."
                                .formatted(MessageText.ids(makers)),
                applied ? "The index exists and is valid." : "The rows fit into the index.", details);
    }

    static void drop(ObjectName index, Set<DivergenceCode> of, Draft draft) {
        draft.run(of, "psql \"$DATABASE_URL\" -c " + ToolCall.word("DROP INDEX CONCURRENTLY %s.%s".formatted(
                CanonicalText.inQuotes(String.valueOf(index.schema())), CanonicalText.inQuotes(index.name()))),
                "%s is invalid: its creation failed, so it is not used and enforces nothing. Dropping it loses no rows."
                        .formatted(MessageText.upper(MessageText.object(index))),
                "The index no longer exists.", List.of(Commands.URL_OF_PSQL));
    }
}
