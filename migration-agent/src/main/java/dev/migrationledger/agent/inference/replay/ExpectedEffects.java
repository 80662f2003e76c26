package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effects;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a function's effects let one expect to find in the transaction that writes its row. */
final class ExpectedEffects {

    private ExpectedEffects() {}

    /** Whether it writes into the catalogs whenever it runs. An alteration may find what it wants already there. */
    private static boolean changesCatalogs(Effects effects) {
        return effects.changes().stream().anyMatch(effect -> effect.condition().isAlways()
                && switch (effect.action()) {
                    case CREATE, RENAME, DROP -> true;
                    case ALTER, WRITE -> false;
                });
    }

    /**
     * Whether it would have been seen. What is done in a transaction before that of the row only event triggers see for sure. A concurrent index
     * and a new value of an enum are often made in one of their own, which commits whatever was done before it.
     */
    static boolean mustBeCaptured(Effects effects, boolean eventTriggers) {
        return changesCatalogs(effects)
                && effects.isRead()
                && (eventTriggers || (!effects.takesSeveralTransactions()
                        && effects.changes().stream().noneMatch(ExpectedEffects::mayCommit)));
    }

    private static boolean mayCommit(Change effect) {
        return switch (effect.object().kind()) {
            case INDEX -> true;
            case ENUM -> effect.action() == Action.ALTER;
            // @formatter:off: the formatter knows no list of constants this long
            case SCHEMA, EXTENSION, TABLE, COLUMN, CONSTRAINT, SEQUENCE, DOMAIN, TYPE, VIEW, MATERIALIZED_VIEW, FUNCTION,
                    TRIGGER, POLICY -> false;
            // @formatter:on
        };
    }

    /**
     * Whether all is known of what it does, and none of it is done to one of these tables.
     *
     * @param tables with their schemas, quoted where need be
     */
    static boolean writesOnlyElsewhere(Effects effects, Set<String> tables) {
        Set<String> touched = new HashSet<>();
        effects.changes().forEach(effect -> {
            touched.add(effect.object().name());
            touched.add(String.valueOf(effect.object().table()));
        });
        return effects.isRead() && !effects.isNone() && tables.stream()
                .map(table -> table.replace("\"", ""))
                .noneMatch(table -> touched.contains(table.substring(table.lastIndexOf('.') + 1)));
    }

    /** Whether one of these objects is one that it touches. */
    static boolean names(Effects effects, List<TouchedObject> touched) {
        Set<String> expected = effects.changes().stream()
                .map(Change::lastName)
                .map(object -> object.table() == null ? object.name() : object.table())
                .collect(Collectors.toSet());
        effects.changes().forEach(effect -> expected.add(effect.object().name()));
        return touched.stream()
                .map(object -> object.name().replace("\"", ""))
                .anyMatch(name -> expected.contains(name.substring(name.lastIndexOf('.') + 1)));
    }
}
