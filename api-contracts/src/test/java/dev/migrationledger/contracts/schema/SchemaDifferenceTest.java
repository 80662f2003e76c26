package dev.migrationledger.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.migrationledger.contracts.schema.SchemaDifference.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SchemaDifferenceTest {

    private static final List<ObjectKind> KINDS = List.of(ObjectKind.COLUMN, ObjectKind.CONSTRAINT, ObjectKind.INDEX);

    private static final ObjectName USERS = ObjectName.table("public", "users");
    private static final ObjectName NAME = ObjectName.column("public", "users", "name");
    private static final ObjectName AGE = ObjectName.column("public", "users", "age");

    @Test
    void what_is_new_what_is_other_and_what_is_gone_are_told_apart() {
        SchemaSnapshot before = SchemaSnapshot.of(List.of(
                live(USERS, "table"), live(AGE, "integer")));
        SchemaSnapshot after = SchemaSnapshot.of(List.of(
                live(USERS, "unlogged table"), live(NAME, "text")));

        assertThat(SchemaDifference.between(before, after)).isEqualTo(new SchemaDifference(
                List.of(live(NAME, "text")),
                List.of(new Change(USERS, live(USERS, "table").definition(),
                        live(USERS, "unlogged table").definition())),
                List.of(live(AGE, "integer"))));
    }

    @RepeatedTest(200)
    void a_difference_applied_to_the_left_gives_the_right(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        SchemaSnapshot left = drawn(random);
        SchemaSnapshot right = random.nextInt(8) == 0 ? shuffled(left, random) : drawn(random);

        SchemaDifference difference = SchemaDifference.between(left, right);

        assertThat(difference.appliedTo(left)).isEqualTo(right);
        assertThat(difference.isEmpty()).isEqualTo(left.fingerprint().equals(right.fingerprint()));
        assertThat(difference.size()).isEqualTo(SchemaDifference.between(right, left).size());
    }

    @RepeatedTest(50)
    void the_order_in_which_objects_are_found_does_not_matter(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        SchemaSnapshot snapshot = drawn(random);

        assertThat(shuffled(snapshot, random).fingerprint()).isEqualTo(snapshot.fingerprint());
    }

    @Test
    void parts_of_names_and_definitions_cannot_be_mistaken_for_each_other() {
        List<String> fingerprints = List.of(
                one(new ObjectName(ObjectKind.TABLE, "a", null, "b.c"), ""),
                one(new ObjectName(ObjectKind.TABLE, "a.b", null, "c"), ""),
                one(new ObjectName(ObjectKind.TABLE, "a", "b", "c"), ""),
                one(new ObjectName(ObjectKind.TABLE, null, "a.b", "c"), ""),
                one(new ObjectName(ObjectKind.TABLE, "", "a.b", "c"), ""),
                one(new ObjectName(ObjectKind.VIEW, "a", null, "b.c"), ""),
                one(new ObjectName(ObjectKind.TABLE, "a", null, "b."), "c"),
                one(new ObjectName(ObjectKind.TABLE, "A", null, "b.c"), ""));

        assertThat(fingerprints).doesNotHaveDuplicates().allMatch(hex -> hex.matches("[0-9a-f]{64}"));
    }

    @Test
    void a_name_is_there_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> SchemaSnapshot.of(List.of(
                live(USERS, "table"), live(USERS, "unlogged table"))))
                .withMessageContaining("users");
    }

    @Test
    void a_difference_fits_the_snapshot_it_was_made_from_and_no_other() {
        SchemaDifference difference = SchemaDifference.between(
                SchemaSnapshot.of(List.of(live(USERS, "table"))), SchemaSnapshot.EMPTY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> difference.appliedTo(SchemaSnapshot.EMPTY))
                .withMessageContaining("public.users");
    }

    private static String one(ObjectName name, String definition) {
        return SchemaSnapshot.of(List.of(live(name, definition))).fingerprint().value();
    }

    private static SchemaObject live(ObjectName name, String text) {
        return new SchemaObject(name, switch (name.kind()) {
            case TABLE -> new Definition.Table(text, null, null, null, null, null, null, null);
            case COLUMN -> Definition.Column.of(text, true);
            case CONSTRAINT -> Definition.Constraint.UNKNOWN.withDetails(text);
            case INDEX -> new Definition.Index(null, null, null, null, null, null, null, text);
            default -> Definition.unknown(name.kind());
        });
    }

    /** Few names and fewer definitions, so that two of these share much. */
    private static SchemaSnapshot drawn(Random random) {
        Map<ObjectName, String> objects = new TreeMap<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            ObjectKind kind = KINDS.get(random.nextInt(KINDS.size()));
            String table = random.nextBoolean() ? null : "t" + random.nextInt(2);
            objects.put(new ObjectName(kind, random.nextBoolean() ? null : "s", table, "n" + random.nextInt(3)),
                    "d" + random.nextInt(2));
        }
        return SchemaSnapshot.of(objects.entrySet().stream()
                .map(entry -> live(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static SchemaSnapshot shuffled(SchemaSnapshot snapshot, Random random) {
        List<SchemaObject> objects = new ArrayList<>(snapshot.objects());
        Collections.shuffle(objects, random);
        return SchemaSnapshot.of(objects);
    }
}
