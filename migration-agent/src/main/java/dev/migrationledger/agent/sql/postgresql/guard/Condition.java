package dev.migrationledger.agent.sql.postgresql.guard;

import java.util.List;

/** What a branch of a code block depends on. */
public sealed interface Condition {

    /** Nothing is known of it. */
    record Unclear() implements Condition {}

    /** It asks the catalogs, and what it asks cannot be read. */
    record Asked() implements Condition {}

    record Constant(boolean value) implements Condition {}

    /** Whether an object is there. */
    record There(Lookup lookup, boolean there) implements Condition {}

    record All(List<Condition> parts) implements Condition {}

    record Any(List<Condition> parts) implements Condition {}

    default boolean isRead() {
        return !(this instanceof Unclear || this instanceof Asked);
    }

    default Condition negated() {
        return switch (this) {
            case Unclear unclear -> unclear;
            case Asked asked -> asked;
            case Constant constant -> new Constant(!constant.value());
            case There there -> new There(there.lookup(), !there.there());
            case All all -> new Any(all.parts().stream().map(Condition::negated).toList());
            case Any any -> new All(any.parts().stream().map(Condition::negated).toList());
        };
    }
}
