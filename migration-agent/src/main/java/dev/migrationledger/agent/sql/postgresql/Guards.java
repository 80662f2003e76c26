package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Fact;
import dev.migrationledger.agent.sql.effect.Facts;
import dev.migrationledger.agent.sql.postgresql.guard.Condition;
import dev.migrationledger.agent.sql.postgresql.guard.Lookup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known where a condition holds. */
final class Guards {

    private Guards() {}

    /**
     * Absent: it never holds.
     *
     * @param since how many effects there were before it was asked
     */
    static @Nullable Facts facts(Condition condition, int since) {
        return switch (condition) {
            case Condition.Unclear _ -> Facts.OPEN;
            case Condition.Asked _ -> Facts.ASKED;
            case Condition.Constant constant -> constant.value() ? Facts.NONE : null;
            case Condition.There there -> facts(there, since);
            case Condition.All all -> all(all.parts(), since);
            case Condition.Any any -> any(any.parts(), since);
        };
    }

    private static Facts facts(Condition.There there, int since) {
        Lookup lookup = there.lookup();
        return lookup.isValue()
                ? Facts.ASKED
                : new Facts(List.of(new Fact(there.there(), lookup.kinds(),
                        Lookup.ANY_SCHEMA.equals(lookup.schema()) ? Fact.ANY_SCHEMA : lookup.schema(), lookup.owner(),
                        lookup.name(), since)), false);
    }

    private static @Nullable Facts all(List<Condition> parts, int since) {
        Facts facts = Facts.NONE;
        for (Condition part : parts) {
            Facts more = facts(part, since);
            if (more == null) {
                return null;
            }
            facts = facts.and(more);
        }
        return facts;
    }

    private static @Nullable Facts any(List<Condition> parts, int since) {
        List<Condition> possible = parts.stream()
                .filter(part -> !part.equals(new Condition.Constant(false))).toList();
        if (possible.isEmpty()) {
            return null;
        }
        Facts only = facts(possible.getFirst(), since);
        return possible.size() == 1 || Facts.NONE.equals(only)
                ? only
                : possible.stream().allMatch(Guards::isAsked) ? Facts.ASKED : Facts.OPEN;
    }

    private static boolean isAsked(Condition condition) {
        return switch (condition) {
            case Condition.Asked _,Condition.There _ -> true;
            case Condition.Unclear _,Condition.Constant _ -> false;
            case Condition.All all -> all.parts().stream().allMatch(Guards::isAsked);
            case Condition.Any any -> any.parts().stream().allMatch(Guards::isAsked);
        };
    }
}
