package dev.migrationledger.agent.sql.effect;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Condition.ExistenceCheck;
import dev.migrationledger.contracts.footprint.Condition.When;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds where something happens, because the script looked before.
 *
 * @param choices of each one at least holds
 * @param open whether it depends on more than these
 * @param asked whether this is only what the script asks the schema in a way that cannot be read
 */
public record Facts(List<Fact> facts, List<List<Fact>> choices, boolean open, boolean asked) {

    /** It happens whatever there is. */
    public static final Facts NONE = new Facts(List.of(), false);

    /** It depends on something that is not asked of the schema. */
    public static final Facts OPEN = new Facts(List.of(), true);

    /** It depends on what is asked of the schema, in a way that cannot be read. */
    public static final Facts ASKED = new Facts(List.of(), List.of(), true, true);

    public Facts {
        facts = List.copyOf(facts);
        choices = choices.stream().map(List::copyOf).toList();
    }

    public Facts(List<Fact> facts, boolean open) {
        this(facts, List.of(), open, false);
    }

    public Facts(List<Fact> facts, List<List<Fact>> choices, boolean open) {
        this(facts, choices, open, false);
    }

    /** Those of the choices as well. */
    List<Fact> all() {
        return choices.isEmpty()
                ? facts
                : Stream.concat(facts.stream(), choices.stream().flatMap(List::stream)).toList();
    }

    public Facts and(Facts others) {
        if (equals(NONE) || others.equals(NONE)) {
            return equals(NONE) ? others : this;
        }
        return new Facts(
                Stream.concat(facts.stream(), others.facts.stream()).distinct().toList(),
                Stream.concat(choices.stream(), others.choices.stream()).distinct().toList(), open || others.open,
                (asked && (others.asked || !others.open)) || (others.asked && !open));
    }

    /** Whether something that is created is missing afterwards only if what the script asks of it, which cannot be read, says so. */
    boolean isAskedOf(ObjectName object, @Nullable ObjectName table) {
        return asked && choices.isEmpty()
                && facts.stream().allMatch(fact -> fact.isOf(object, table)
                        ? !fact.there()
                        : fact.there() && fact.isOfTable(object, table));
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
        List<Fact> inTable = new ArrayList<>();
        List<Fact> others = new ArrayList<>();
        for (Fact declared : facts) {
            Fact fact = declared.beside(object);
            boolean ofTable = fact.isOfTable(object, table)
                    || (fact.there() && columns.stream().anyMatch(column -> fact.isOf(column, null)));
            if (fact.isOf(object, table)) {
                if (fact.there() == creates) {
                    return Condition.PERHAPS;
                }
                itself = true;
            } else if (ofTable && fact.there()) {
                inTable.add(fact);
            } else {
                others.add(fact);
            }
        }
        if (open) {
            return Condition.PERHAPS;
        }
        When own = creates ? When.UNLESS_THERE : When.IF_THERE;
        boolean several = others.size() > 1 || !choices.isEmpty()
                || (itself && !others.isEmpty() && !others.getFirst().isOfTable(object, table));
        if (several) {
            Stream<List<Fact>> single = Stream.concat(inTable.stream(), others.stream()).map(List::of);
            Stream<List<ExistenceCheck>> needs = Stream.concat(single, choices.stream())
                    .map(some -> some.stream()
                            .map(fact -> new ExistenceCheck(fact.there(), fact.beside(object).object()))
                            .toList());
            return Condition.needing(Stream.concat(needs,
                    itself ? Stream.of(List.of(new ExistenceCheck(!creates, object))) : Stream.of()).toList());
        }
        if (!others.isEmpty()) {
            Fact other = others.getFirst();
            return new Condition(other.there() ? When.IF_THERE : When.UNLESS_THERE, other.object());
        }
        return itself || !inTable.isEmpty() ? new Condition(own, null) : Condition.ALWAYS;
    }
}
