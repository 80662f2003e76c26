package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object that is not as a set of revisions leaves it.
 *
 * @param object with its schema
 * @param expected what is known of how it should be, such as {@code timestamp with time zone}; absent where it should not be there, or
 *     nothing more is known than that it should
 * @param found what it is in the schema; absent where it is not there. An index that is missing and found is invalid
 * @param revisions that made it what it should be, or, where it is unexpected, that would make it so or should have removed it; parents first
 * @param removed whether it is unexpected because a revision of the set drops or renames it
 * @param by the revision that made it, or removed it; absent: none is known to
 * @param origin how that revision did so
 */
public record Discrepancy(
        Kind kind,
        ObjectName object,
        @Nullable String expected,
        @Nullable Definition found,
        List<String> revisions,
        boolean removed,
        @Nullable String by,
        Origin origin) {
    public Discrepancy {
        revisions = List.copyOf(revisions);
    }

    /** What it is in the schema, as a text; absent where it is not there. */
    public @Nullable String actual() {
        return switch (found) {
            case null -> null;
            // Their texts are digests.
            case Definition.Function _ -> null;
            case Definition.StoredQuery _ -> ObjectProperties.words(found, null);
            case Definition.Schema _,Definition.Extension _,Definition.Table _,Definition.Column _,Definition.Constraint _,Definition.Index _,Definition.Sequence _,Definition.EnumType _,Definition.Domain _,Definition.CompositeType _,Definition.Trigger _,Definition.Policy _ ->
                CanonicalText.of(found);
        };
    }

    /** How a revision made an object, or removed it. */
    public enum Origin {
        /** It created it, or dropped it. */
        MADE,
        /** It renamed another object to it, or it to another. */
        RENAMED,
        /** It cannot run without the object, and no revision is known to make it. */
        NEEDED
    }

    public enum Kind {
        /** It should be there and is not. */
        MISSING,
        /** It is there, and a revision outside the set makes it or one inside drops it. */
        UNEXPECTED,
        /** It is there, and is not as it should be. */
        DIFFERENT
    }
}
