package dev.migrationledger.agent.tool.alembic.footprint.postgresql;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Condition.When;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds where something happens, because the script looked before.
 *
 * @param open whether it depends on more than these
 */
public record Facts(List<Fact> facts, boolean open) {

    /** It happens whatever there is. */
    public static final Facts NONE = new Facts(List.of(), false);

    /** It depends on something that is not asked of the schema. */
    public static final Facts OPEN = new Facts(List.of(), true);

    public Facts {
        facts = List.copyOf(facts);
    }

    public Facts and(Facts others) {
        return new Facts(
                Stream.concat(facts.stream(), others.facts.stream()).distinct().toList(), open || others.open);
    }

    /**
     * When an effect happens. What happens to a part wherever its table is there has happened afterwards: a table that is missing
     * has no parts.
     *
     * @param table of an index or sequence, if it is known
     * @param columns that an index or constraint is over: without one of them it is not missed
     */
    Condition conditionOf(
            Action action, ObjectName object, @Nullable ObjectName table, List<ObjectName> columns) {
        boolean creates = action == Action.CREATE;
        boolean itself = false;
        boolean inTable = false;
        Fact other = null;
        for (Fact fact : facts) {
            boolean ofTable = fact.isOfTable(object, table)
                    || (fact.there() && columns.stream().anyMatch(column -> fact.isOf(column, null)));
            if (fact.isOf(object, table)) {
                if (fact.there() == creates) {
                    return Condition.PERHAPS;
                }
                itself = true;
            } else if (ofTable && fact.there()) {
                inTable = true;
            } else if (other == null) {
                other = fact;
            } else {
                return Condition.PERHAPS;
            }
        }
        if (open || (itself && other != null && !other.isOfTable(object, table))) {
            return Condition.PERHAPS;
        }
        if (other != null) {
            return new Condition(other.there() ? When.IF_THERE : When.UNLESS_THERE, other.object());
        }
        return itself || inTable
                ? new Condition(creates ? When.UNLESS_THERE : When.IF_THERE, null)
                : Condition.ALWAYS;
    }
}
