package dev.migrationledger.core.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.QueryLiterals;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnumLabelsTest {

    private static final ObjectName MOOD = new ObjectName(ObjectKind.ENUM, "public", null, "mood");

    private final EnumLabels labels = new EnumLabels();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            a   | ``     | a   | ``  | false | false
            a   | ``     | b   | ``  | false | true
            a   | ``     | b   | ``  | true  | true
            a,b | ``     | a   | ``  | false | true
            a,b | ``     | a   | ``  | true  | false
            a   | ``     | a,b | ``  | false | true
            a   | 7 days | a   | ``  | false | false
            a   | epoch  | a,epoch | ``  | false | false
            a   | ``     | ``  | a   | false | false
            a   | ``     | ``  | b   | false | true
            """)
    void queries_differ_in_what_both_keep(
            String texts, String others, String found, String labelsFound, boolean open, boolean differ) {
        assertThat(labels.differ(literals(texts, others, null), literals(found, labelsFound, open))).isEqualTo(differ);
    }

    @Test
    void what_is_not_known_does_not_differ() {
        assertThat(labels.differ(null, literals("a", "", null))).isFalse();
        assertThat(labels.differ(literals("a", "", null), null)).isFalse();
    }

    @Test
    void a_renamed_label_is_not_compared() {
        labels.read(alters(new Alteration.ValueRenamed("calm", "quiet")));

        assertThat(labels.differ(literals("calm", "", null), literals("", "quiet", null))).isFalse();
        assertThat(labels.differ(literals("calm", "", null), literals("", "angry", null))).isTrue();
    }

    @Test
    void labels_that_something_unread_may_rename_are_not_compared() {
        labels.read(alters(new Alteration.ValueAdded("more", null, null)));
        labels.read(new Effect.Unread("f()", new UnknownOperation(Part.UNKNOWN_CALLEE),
                new Reach(Set.of(Effect.Action.CREATE), null, null), Location.line(1)));
        assertThat(labels.differ(literals("calm", "", null), literals("", "quiet", null))).isTrue();

        labels.read(new Effect.Unread("f()", new UnknownOperation(Part.UNKNOWN_CALLEE), null, Location.line(1)));

        assertThat(labels.differ(literals("calm", "", null), literals("", "quiet", null))).isFalse();
        assertThat(labels.differ(literals("a", "", null), literals("b", "quiet", null))).isTrue();
    }

    private static Effect alters(Alteration change) {
        return new Effect.Alter(MOOD, List.of(change), Condition.ALWAYS, Location.line(1));
    }

    private static QueryLiterals literals(String texts, String others, @Nullable Boolean open) {
        return QueryLiterals.of(digests(texts), digests(others), open);
    }

    private static List<String> digests(String texts) {
        return Stream.of(texts.split(",")).filter(text -> !text.isEmpty()).map(QueryLiterals::digest).toList();
    }
}
