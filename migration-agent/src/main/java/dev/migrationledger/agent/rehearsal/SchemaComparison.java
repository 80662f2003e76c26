package dev.migrationledger.agent.rehearsal;

import dev.migrationledger.contracts.merge.MergeRehearsal.Difference;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Redaction;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a schema is not as in another one. Pure.
 *
 * @param more how many differences there are beyond those
 */
record SchemaComparison(List<Difference> differences, int more) {

    SchemaComparison {
        differences = List.copyOf(differences);
    }

    static SchemaComparison of(SchemaSnapshot first, SchemaSnapshot here) {
        SchemaDifference all = SchemaDifference.between(first, here);
        List<Difference> some = Stream.of(
                all.dropped().stream().map(one -> new Difference(one.object(), bounded(one.text()), null)),
                all.changed().stream()
                        .map(one -> new Difference(one.object(), bounded(one.before()), bounded(one.after()))),
                all.created().stream().map(one -> new Difference(one.object(), null, bounded(one.text()))))
                .flatMap(each -> each).sorted(Comparator.comparing(Difference::object))
                .limit(MergeRehearsal.MOST_DIFFERENCES).toList();
        return new SchemaComparison(some, all.size() - some.size());
    }

    /** Without secrets, and not longer than people read. */
    static String bounded(String text) {
        String plain = Redaction.of(text);
        return plain.length() <= MergeRehearsal.LONGEST_TEXT
                ? plain
                : plain.substring(0, MergeRehearsal.LONGEST_TEXT) + "…";
    }
}
