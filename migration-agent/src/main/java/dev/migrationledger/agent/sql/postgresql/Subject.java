package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What CREATE, ALTER and DROP are about, where that is compared: all other kinds of object change nothing that is. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the collections
enum Subject {
    TABLE("table", ObjectKind.TABLE, ObjectKind.COLUMN, ObjectKind.CONSTRAINT, ObjectKind.INDEX, ObjectKind.SEQUENCE,
            ObjectKind.TRIGGER),
    INDEX("index", ObjectKind.INDEX, ObjectKind.CONSTRAINT),
    VIEW("view", ObjectKind.VIEW),
    MATERIALIZED_VIEW("materialized view", ObjectKind.MATERIALIZED_VIEW),
    SEQUENCE("sequence", ObjectKind.SEQUENCE),
    TYPE("type", ObjectKind.ENUM, ObjectKind.TYPE),
    DOMAIN("domain", ObjectKind.DOMAIN),
    SCHEMA("schema", ObjectKind.SCHEMA),
    EXTENSION("extension", ObjectKind.EXTENSION),
    FUNCTION("function", ObjectKind.FUNCTION),
    PROCEDURE("procedure", ObjectKind.FUNCTION),
    ROUTINE("routine", ObjectKind.FUNCTION),
    AGGREGATE("aggregate", ObjectKind.FUNCTION),
    TRIGGER("trigger", ObjectKind.TRIGGER),
    POLICY("policy", ObjectKind.POLICY);

    private final List<String> words;
    private final Set<ObjectKind> kinds;

    Subject(String words, ObjectKind... kinds) {
        this.words = List.of(words.split(" "));
        this.kinds = EnumSet.copyOf(List.of(kinds));
    }

    /** The kind with which these words begin; absent: one that is not compared. */
    static @Nullable Subject of(List<String> beginning) {
        return Arrays.stream(values())
                .filter(subject -> beginning.size() >= subject.length()
                        && beginning.subList(0, subject.length()).equals(subject.words))
                .findFirst().orElse(null);
    }

    int length() {
        return words.size();
    }

    /** What is created, changed or dropped in such a statement. */
    Set<ObjectKind> kinds() {
        return kinds;
    }
}
