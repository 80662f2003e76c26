package dev.migrationledger.agent.sql.postgresql.guard;

import java.util.List;

/** What a branch of a code block depends on. */
public sealed interface BlockCondition {

    /** Nothing is known of it. */
    record Unclear() implements BlockCondition {}

    /** It asks the catalogs, and what it asks cannot be read. */
    record Asked() implements BlockCondition {}

    record Constant(boolean value) implements BlockCondition {}

    /** Whether an object is there. */
    record There(CatalogLookup lookup, boolean there) implements BlockCondition {}

    record All(List<BlockCondition> parts) implements BlockCondition {}

    record Any(List<BlockCondition> parts) implements BlockCondition {}

    default boolean isRead() {
        return !(this instanceof Unclear || this instanceof Asked);
    }

    default BlockCondition negated() {
        return switch (this) {
            case Unclear unclear -> unclear;
            case Asked asked -> asked;
            case Constant constant -> new Constant(!constant.value());
            case There there -> new There(there.lookup(), !there.there());
            case All all -> new Any(all.parts().stream().map(BlockCondition::negated).toList());
            case Any any -> new All(any.parts().stream().map(BlockCondition::negated).toList());
        };
    }
}
