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
import dev.migrationledger.ledger.dashboard.ListPart;
import dev.migrationledger.ledger.divergence.project.SchemaComparisons;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
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
 */
record SchemaPart(
        String sign, String tone, String sentence, String compared, String kinds, ListPart<Line> lines) {

    private static final int MOST = 200;

    /** An object that differs, as the schemas have it. */
    private record Difference(ObjectName object, @Nullable String left, @Nullable String right, String word) {}

    /**
     * An object that differs.
     *
     * @param left its definition there; absent: it is not there
     * @param right likewise
     * @param word where it is
     */
    record Line(String kind, String name, @Nullable String left, @Nullable String right, String word) {}

    /**
     * The part of a page.
     *
     * @param skipped how many objects the pages before showed
     * @param address of the page behind so many objects
     */
    static SchemaPart of(
            @Nullable SchemaSeen left, @Nullable SchemaSeen right, ComparisonSentences words, int skipped,
            IntFunction<String> address) {
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
        List<Difference> all = new ArrayList<>();
        difference.dropped()
                .forEach(it -> all.add(new Difference(it.object(), it.text(), null, "only in " + words.left())));
        difference.changed().forEach(it -> all.add(new Difference(it.object(), it.before(), it.after(), "different")));
        difference.created()
                .forEach(it -> all.add(new Difference(it.object(), null, it.text(), "only in " + words.right())));
        int size = difference.size();
        return new SchemaPart((size == 0 ? Glyph.EQUAL : Glyph.DIFFERENT).sign(), size == 0 ? "good" : "bad",
                size == 0
                        ? "The schemas are equal."
                        : "The schemas differ in %s.".formatted(Count.of(size, "object")),
                compared(left, right), kinds(difference),
                ListPart.of(all, skipped, MOST, address).map(SchemaPart::line));
    }

    private static SchemaPart none(String why) {
        return new SchemaPart(Glyph.NOT_KNOWN.sign(), "due", Redaction.of(why), "", "",
                new ListPart<>(List.of(), 0, 0, null, null));
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

    private static Line line(Difference it) {
        return new Line(it.object.kind().words(), Redaction.of(it.object.dotted()), safe(it.left), safe(it.right),
                it.word);
    }

    private static @Nullable String safe(@Nullable String text) {
        return text == null ? null : Redaction.of(text);
    }
}
