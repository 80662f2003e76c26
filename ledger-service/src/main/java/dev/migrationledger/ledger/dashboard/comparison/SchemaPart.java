package dev.migrationledger.ledger.dashboard.comparison;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.comparison.ComparisonSentences;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.ledger.divergence.project.SchemaComparisons;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two live schemas, object by object.
 *
 * @param sign tells the outcomes apart without their colours
 * @param sentence whether they are equal
 * @param compared what was compared, and what was not
 * @param kinds how many objects of which kind differ
 * @param lines the objects that differ
 * @param more how many are left out
 */
record SchemaPart(
        String sign, String tone, String sentence, String compared, String kinds, List<Line> lines, int more) {

    private static final int MOST = 200;

    /** A longer definition is not read on a page. */
    private static final int LONGEST = 300;

    SchemaPart {
        lines = List.copyOf(lines);
    }

    /**
     * An object that differs.
     *
     * @param left its definition there; absent: it is not there
     * @param right likewise
     * @param word where it is
     */
    record Line(String kind, String name, @Nullable String left, @Nullable String right, String word) {}

    static SchemaPart of(@Nullable SchemaSeen left, @Nullable SchemaSeen right, ComparisonSentences words) {
        if (left == null || right == null) {
            List<String> missing = Stream.of(left == null ? words.left() : "", right == null ? words.right() : "")
                    .filter(name -> !name.isEmpty()).toList();
            return none("The schemas were not compared: no agent had reported that of %s."
                    .formatted(ListText.and(missing)));
        }
        if (!left.snapshot().isComparableTo(right.snapshot())) {
            return none(words.otherForms(left.snapshot().form(), right.snapshot().form()));
        }
        SchemaDifference difference = SchemaDifference.between(SchemaComparisons.withoutName(left),
                SchemaComparisons.withoutName(right));
        List<Line> lines = new ArrayList<>();
        difference.dropped().forEach(it -> lines.add(line(it.object(), it.text(), null, "only in " + words.left())));
        difference.changed().forEach(it -> lines.add(line(it.object(), it.before(), it.after(), "different")));
        difference.created().forEach(it -> lines.add(line(it.object(), null, it.text(), "only in " + words.right())));
        int size = difference.size();
        return new SchemaPart((size == 0 ? Glyph.EQUAL : Glyph.DIFFERENT).sign(), size == 0 ? "good" : "bad",
                size == 0
                        ? "The schemas are equal."
                        : "The schemas differ in %s.".formatted(Count.of(size, "object")),
                compared(left, right), kinds(difference), lines.stream().limit(MOST).toList(),
                Math.max(0, size - MOST));
    }

    private static SchemaPart none(String why) {
        return new SchemaPart(Glyph.NOT_KNOWN.sign(), "due", Redaction.of(why), "", "", List.of(), 0);
    }

    private static String compared(SchemaSeen left, SchemaSeen right) {
        return "Compared were the definitions of %,d and %,d objects. Rows, privileges and owners were not compared%s"
                .formatted(left.snapshot().objects().size(), right.snapshot().objects().size(),
                        left.whole() && right.whole()
                                ? "."
                                : ", and schemas that an agent does not read are left out.");
    }

    private static String kinds(SchemaDifference difference) {
        Map<ObjectKind, Integer> kinds = new EnumMap<>(ObjectKind.class);
        Stream.concat(Stream.concat(difference.created().stream(), difference.dropped().stream())
                .map(it -> it.object().kind()), difference.changed().stream().map(it -> it.object().kind()))
                .forEach(kind -> kinds.merge(kind, 1, Integer::sum));
        return kinds.entrySet().stream().map(it -> it.getValue() + " × " + it.getKey().words())
                .reduce((one, other) -> one + ", " + other).orElse("");
    }

    private static Line line(ObjectName name, @Nullable String left, @Nullable String right, String word) {
        return new Line(name.kind().words(), Redaction.of(name.dotted()), shortened(left), shortened(right), word);
    }

    private static @Nullable String shortened(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String safe = Redaction.of(text);
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "…";
    }
}
