package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Fact;
import dev.migrationledger.agent.sql.effect.Facts;
import dev.migrationledger.agent.sql.postgresql.guard.BlockCondition;
import dev.migrationledger.agent.sql.postgresql.guard.CatalogLookup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known where a condition holds. */
final class GuardFacts {

    private GuardFacts() {}

    /**
     * Absent: it never holds.
     *
     * @param since how many effects there were before it was asked
     */
    static @Nullable Facts facts(BlockCondition condition, int since) {
        return switch (condition) {
            case BlockCondition.Unclear _ -> Facts.OPEN;
            case BlockCondition.Asked _ -> Facts.ASKED;
            case BlockCondition.Constant constant -> constant.value() ? Facts.NONE : null;
            case BlockCondition.There there -> facts(there, since);
            case BlockCondition.All all -> all(all.parts(), since);
            case BlockCondition.Any any -> any(any.parts(), since);
        };
    }

    private static Facts facts(BlockCondition.There there, int since) {
        CatalogLookup lookup = there.lookup();
        return lookup.isValue()
                ? Facts.ASKED
                : new Facts(List.of(new Fact(there.there(), lookup.kinds(),
                        CatalogLookup.ANY_SCHEMA.equals(lookup.schema()) ? Fact.ANY_SCHEMA : lookup.schema(),
                        lookup.owner(),
                        lookup.name(), since)), false);
    }

    private static @Nullable Facts all(List<BlockCondition> parts, int since) {
        Facts facts = Facts.NONE;
        for (BlockCondition part : parts) {
            Facts more = facts(part, since);
            if (more == null) {
                return null;
            }
            facts = facts.and(more);
        }
        return facts;
    }

    private static @Nullable Facts any(List<BlockCondition> parts, int since) {
        List<BlockCondition> possible = parts.stream()
                .filter(part -> !part.equals(new BlockCondition.Constant(false))).toList();
        if (possible.isEmpty()) {
            return null;
        }
        Facts only = facts(possible.getFirst(), since);
        return possible.size() == 1 || Facts.NONE.equals(only)
                ? only
                : possible.stream().allMatch(GuardFacts::isAsked) ? Facts.ASKED : Facts.OPEN;
    }

    private static boolean isAsked(BlockCondition condition) {
        return switch (condition) {
            case BlockCondition.Asked _,BlockCondition.There _ -> true;
            case BlockCondition.Unclear _,BlockCondition.Constant _ -> false;
            case BlockCondition.All all -> all.parts().stream().allMatch(GuardFacts::isAsked);
            case BlockCondition.Any any -> any.parts().stream().allMatch(GuardFacts::isAsked);
        };
    }
}
