package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/**
 * A statement with holes. It is taken for granted that each is a value, a name or a part of one, and holds no further statement.
 * What is done to objects whose names are known is known; of the rest it is known what is done to which kind of object.
 */
final class Computed {

    private Computed() {}

    /** @param reason why it is not known, as a clause */
    static void read(String statement, UnreadReason reason, Changes.At at) {
        try {
            for (StatementContext parsed : Grammar.statements(statement)) {
                read(parsed, statement, reason, at);
            }
        } catch (Refused refused) {
            FirstWords.read(statement, reason, at);
        }
    }

    private static void read(StatementContext parsed, String statement, UnreadReason reason, Changes.At at) {
        Changes alone = new Changes();
        SqlStatement.read(parsed, alone.at(1, false));
        Effects effects = alone.effects();
        if (!effects.isRead()) {
            FirstWords.read(statement, reason, at);
            return;
        }
        List<Change> unknown = effects.changes().stream().filter(Computed::hasUnknownName)
                .filter(change -> !isIncomparable(change)).toList();
        Changes.At here = at.only(effects.changes().stream().anyMatch(change -> !change.condition().isAlways()));
        effects.changes().stream().filter(change -> !hasUnknownName(change)).forEach(change -> add(change, here));
        if (!unknown.isEmpty()) {
            at.unknown(Holes.shown(statement), reason, reach(unknown));
        }
    }

    private static boolean hasUnknownName(Change change) {
        return Holes.in(change.object()) || Holes.in(change.lastName());
    }

    /** Whether it changes nothing that is compared, on whatever it is done. */
    private static boolean isIncomparable(Change change) {
        return change instanceof Alter alter && alter.changes().stream()
                .allMatch(one -> one instanceof Alteration.NotCompared || one instanceof Alteration.Commented);
    }

    private static void add(Change change, Changes.At at) {
        switch (change) {
            case Create create ->
                at.create(create.object(), Holes.without(create.definition()), create.impliedName());
            case Alter alter -> alter.changes().forEach(one -> at.alter(alter.object(), Holes.without(one)));
            case Rename rename -> at.rename(rename.object(), rename.to());
            case Drop drop -> at.drop(drop.object(), drop.cascade());
            case Write write -> at.write(write.object());
        }
    }

    private static Reach reach(List<Change> changes) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
        Set<String> names = new TreeSet<>();
        boolean named = true;
        for (Change change : changes) {
            actions.add(change.action());
            kinds.add(change.object().kind());
            for (ObjectName object : List.of(change.object(), change.lastName())) {
                String known = known(object);
                if (known == null) {
                    named = false;
                } else {
                    names.add(known);
                }
            }
        }
        return actions.equals(Set.of(Action.WRITE)) ? Reach.ROWS : new Reach(actions, kinds, named ? names : null);
    }

    /** A name by which an object can be recognised: its own, else its table's. */
    private static @Nullable String known(ObjectName object) {
        return Stream.of(object.name(), object.table() == null ? LiteralSql.HOLE : object.table())
                .filter(name -> !name.contains(LiteralSql.HOLE)).findFirst().orElse(null);
    }
}
