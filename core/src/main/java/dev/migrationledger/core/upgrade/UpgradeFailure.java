package dev.migrationledger.core.upgrade;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.situation.MessageText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the next upgrade is known to fail.
 *
 * @param revision that fails
 * @param object that it meets, or misses
 * @param renamed what it renames to that; absent: nothing
 * @param user what surely uses the object; absent: nothing is known to
 * @param refused what makes PostgreSQL refuse it; absent: nothing does
 * @param need what it needs and is missing; absent: nothing is known to be
 * @param origin why the object is there, or is not; where it is refused, of what refuses
 */
public record UpgradeFailure(String revision, Reason reason, ObjectName object, @Nullable ObjectName renamed,
        @Nullable ObjectName user, @Nullable RefusedDrop refused, @Nullable MissingNeed need,
        ObjectOrigins.Origin origin) {

    public enum Reason {
        MEETS_INVALID_INDEX("creates %s, which exists and is invalid"),
        SKIPS_INVALID_INDEX("skips %s, which exists and is invalid"),
        NEEDS_MISSING("needs %s, which does not exist"),
        CREATES_EXISTING("creates %s, which already exists"),
        RENAMES_ONTO_EXISTING("renames %s, and that name already exists"),
        RENAMES_MISSING("renames %s, which does not exist"),
        ALTERS_MISSING("alters %s, which does not exist"),
        DROPS_MISSING("drops %s, which does not exist"),
        DROPS_NEEDED("drops %s"),
        RETYPES_READ("changes the type of %s");

        private final String clause;

        Reason(String clause) {
            this.clause = clause;
        }

        /** Whether it meets an index that does not count. */
        public boolean isOfInvalidIndex() {
            return this == MEETS_INVALID_INDEX || this == SKIPS_INVALID_INDEX;
        }

        boolean exists() {
            return this == CREATES_EXISTING || this == RENAMES_ONTO_EXISTING;
        }
    }

    /** Such as {@code 'a4' creates enum public.state, which already exists}. */
    public String what() {
        if (need != null) {
            return "%s %s".formatted(MessageText.id(revision), reason.clause.formatted(need.what()));
        }
        String clause = reason.clause.formatted(renamed == null
                ? MessageText.object(object)
                : "%s to %s".formatted(MessageText.object(renamed), object.name()));
        return "%s %s%s".formatted(MessageText.id(revision), clause, refused == null ? "" : refused.clause(reason));
    }

    /** The same as a sentence. */
    public String sentence() {
        return "The next upgrade %s: %s."
                .formatted(reason == Reason.SKIPS_INVALID_INDEX ? "leaves an index invalid" : "fails", what());
    }

    /** Why, as a sentence. */
    public String cause() {
        String maker = origin.maker();
        String remover = origin.remover();
        if (reason.isOfInvalidIndex()) {
            return "An index stays invalid when CREATE INDEX CONCURRENTLY fails: it enforces nothing, and IF NOT EXISTS skips it.";
        }
        if (refused != null) {
            return refused.cause(maker, origin.renamed());
        }
        if (need != null) {
            return need.cause();
        }
        if (renamed != null) {
            return "Both %s and %s exist, and %s %s %s.".formatted(MessageText.object(renamed),
                    MessageText.object(object),
                    maker == null ? "no known revision" : MessageText.id(maker),
                    origin.renamed() ? "renamed another to" : "created", object.name());
        }
        if (reason.exists()) {
            if (maker != null) {
                return "%s %s %s, and no later revision drops it: %s fails in every database that ran %s before."
                        .formatted(MessageText.id(maker), origin.renamed() ? "renames another to" : "creates",
                                MessageText.object(object), MessageText.id(revision), MessageText.id(maker));
            }
            return origin.perhaps() == null
                    ? "No revision before %s creates %s: it was created by hand or by another application."
                            .formatted(MessageText.id(revision), MessageText.object(object))
                    : "%s may have created %s in a statement that cannot be read."
                            .formatted(MessageText.id(origin.perhaps()), MessageText.object(object));
        }
        return remover == null
                ? "No revision before %s is known to drop %s: it was dropped by hand, or in a statement that cannot be read."
                        .formatted(MessageText.id(revision), MessageText.object(object))
                : "%s already %s %s: %s fails in every database."
                        .formatted(MessageText.id(remover), origin.renamed() ? "renames" : "drops",
                                MessageText.object(object),
                                MessageText.id(revision));
    }

    /** What a person has to do, in a sentence or two. */
    public String advice() {
        String id = MessageText.id(revision);
        if (need != null) {
            return need.advice(revision);
        }
        if (refused != null) {
            return "Edit %s: %s".formatted(id, refused.advice(reason, object));
        }
        if (reason.exists()) {
            if (origin.maker() == null) {
                return "Find out who created it and what it holds, then rename it.";
            }
            if (renamed != null) {
                return "Find out which of the two the columns use; drop the other, or edit %s.".formatted(id);
            }
            if (object.kind() == ObjectKind.ENUM) {
                return user != null
                        ? "Edit %s: reuse the type with postgresql.ENUM(…, create_type=False).".formatted(id)
                        : "Edit %s: drop the type first, or reuse it with postgresql.ENUM(…, create_type=False)."
                                .formatted(id);
            }
            return "Edit %s: drop the object first, or do not create it again.".formatted(id);
        }
        return origin.remover() == null
                ? "Find out who dropped it. Restore it, or remove its use from %s.".formatted(id)
                : "Edit %s: remove its use of %s.".formatted(id, MessageText.object(object));
    }

    /** What to know besides, each a sentence. */
    public List<String> notes() {
        if (need != null) {
            return List.of();
        }
        if (refused != null) {
            return refused.notes(reason);
        }
        if (!reason.exists()) {
            return List.of();
        }
        if (origin.maker() == null) {
            return List.of("If it is exactly what %s creates, you may stamp past that revision instead."
                    .formatted(MessageText.id(revision)));
        }
        if (renamed != null || object.kind() != ObjectKind.ENUM) {
            return List.of();
        }
        String general = "The general sa.Enum ignores create_type.";
        return user == null
                ? List.of(general)
                : List.of("%s uses the type.".formatted(MessageText.upper(MessageText.object(user))), general);
    }
}
