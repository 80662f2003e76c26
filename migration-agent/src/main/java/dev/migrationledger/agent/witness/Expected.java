package dev.migrationledger.agent.witness;

import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Certainty;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a function's effects let one expect to find in the transaction that writes its row. */
final class Expected {

    private Expected() {}

    /** Whether it writes into the catalogs whenever it runs. An alteration may find what it wants already there. */
    static boolean changesCatalogs(Effects effects) {
        return effects.effects().stream().anyMatch(effect -> effect.certainty() == Certainty.CERTAIN
                && switch (effect.action()) {
                    case CREATE, RENAME, DROP -> true;
                    case ALTER, WRITE -> false;
                });
    }

    /**
     * Whether it writes into the catalogs in the very transaction that writes its row. What needs a transaction of its own,
     * as concurrent indexes and new values of enums often do, commits everything that was done before it.
     */
    static boolean cannotGoUnseen(Effects effects) {
        return changesCatalogs(effects)
                && effects.unknowns().isEmpty()
                && effects.effects().stream().noneMatch(Expected::mayCommit);
    }

    private static boolean mayCommit(Effect effect) {
        return effect.properties().containsKey("concurrently")
                || (effect.object().kind() == ObjectKind.ENUM && effect.action() == Action.ALTER);
    }

    /** Whether one of these objects is one that it touches. */
    static boolean names(Effects effects, List<TouchedObject> touched) {
        Set<String> expected = effects.effects().stream()
                .flatMap(effect -> Stream.ofNullable(effect.renamedTo() == null ? effect.object() : effect.renamedTo()))
                .map(object -> object.table() == null ? object.name() : object.table())
                .collect(Collectors.toSet());
        effects.effects().forEach(effect -> expected.add(effect.object().name()));
        return touched.stream()
                .map(object -> object.name().replace("\"", ""))
                .anyMatch(name -> expected.contains(name.substring(name.lastIndexOf('.') + 1)));
    }
}
