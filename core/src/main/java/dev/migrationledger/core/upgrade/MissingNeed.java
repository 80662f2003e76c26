package dev.migrationledger.core.upgrade;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.situation.MessageText;
import java.util.List;

/**
 * What a new object needs and is not there, so that PostgreSQL refuses to create it.
 *
 * @param object that is missing; with columns the table that lacks the key
 * @param columns over which a table needs a key; none: the object itself is missing
 * @param by the new object
 */
public record MissingNeed(ObjectName object, List<String> columns, ObjectName by) {

    public MissingNeed {
        columns = List.copyOf(columns);
    }

    /** Such as {@code table public.shelf}, {@code a key of table public.cask over 'wood'}. */
    String what() {
        return columns.isEmpty()
                ? MessageText.object(object)
                : "a key of %s over %s".formatted(MessageText.object(object), MessageText.ids(columns));
    }

    /** As a sentence. */
    String cause() {
        return columns.isEmpty()
                ? "%s needs it, but it neither exists nor is created before.".formatted(subject())
                : "%s points there, and PostgreSQL requires a primary key, unique constraint or unique index of exactly these columns."
                        .formatted(subject());
    }

    /** What a person has to do. */
    String advice(String revision) {
        if (object.kind() == ObjectKind.TYPE) {
            return "Edit %s: create the type before, because add_column does not do that for sa.Enum."
                    .formatted(MessageText.id(revision));
        }
        return "Edit %s: name an object that exists, or create %s before."
                .formatted(MessageText.id(revision), columns.isEmpty() ? "it" : "the key");
    }

    private String subject() {
        return MessageText.upper(MessageText.object(by));
    }
}
