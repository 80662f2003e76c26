package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Guard;
import dev.migrationledger.agent.python.symbolic.Sought;
import dev.migrationledger.agent.sql.effect.Fact;
import dev.migrationledger.agent.sql.effect.Facts;
import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a script found out before it did something. */
final class SchemaChecks {

    private SchemaChecks() {}

    /** @param progress how many effects there were when each call came, this one too */
    static Facts facts(Guard guard, List<Integer> progress) {
        if (guard.isAlways()) {
            return Facts.NONE;
        }
        List<Fact> facts = new ArrayList<>();
        List<List<Fact>> choices = new ArrayList<>();
        boolean open = false;
        boolean asked = true;
        for (Guard part : guard.parts()) {
            if (part instanceof Guard.Found found) {
                facts.add(fact(found, progress));
            } else if (part instanceof Guard.Any(List<Guard> any) && !any.isEmpty()
                    && any.stream().allMatch(Guard.Found.class::isInstance)) {
                choices.add(any.stream().map(one -> fact((Guard.Found) one, progress)).toList());
            } else {
                open = true;
                asked &= isAsked(part);
            }
        }
        return new Facts(facts, choices, open, open && asked);
    }

    /** Whether it is open only because what is asked of the schema cannot be read. */
    private static boolean isAsked(Guard guard) {
        return switch (guard) {
            case Guard.Open open -> open == Guard.Open.ASKED || open == Guard.Open.ROUND
                    || open == Guard.Open.MATCHED || open == Guard.Open.TRIED || open == Guard.Open.CAUGHT;
            case Guard.Found _ -> true;
            case Guard.All all -> all.guards().stream().allMatch(SchemaChecks::isAsked);
            case Guard.Any any -> any.guards().stream().allMatch(SchemaChecks::isAsked);
        };
    }

    private static Fact fact(Guard.Found found, List<Integer> progress) {
        Sought object = found.object();
        return new Fact(found.there(), kinds(object.kind()),
                Sought.ANY_SCHEMA.equals(object.schema()) ? Fact.ANY_SCHEMA : object.schema(), object.table(),
                object.name(),
                progress.get(Math.min(found.asked(), progress.size() - 1)));
    }

    private static Set<ObjectKind> kinds(Sought.Kind kind) {
        return switch (kind) {
            case RELATION -> EnumSet.of(
                    ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW, ObjectKind.INDEX,
                    ObjectKind.SEQUENCE);
            case TABLE -> EnumSet.of(ObjectKind.TABLE);
            case VIEW -> EnumSet.of(ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW);
            case SEQUENCE -> EnumSet.of(ObjectKind.SEQUENCE);
            // A constraint has an index of its name.
            case INDEX -> EnumSet.of(ObjectKind.INDEX, ObjectKind.CONSTRAINT);
            case COLUMN -> EnumSet.of(ObjectKind.COLUMN);
            case CONSTRAINT -> EnumSet.of(ObjectKind.CONSTRAINT);
            case TYPE -> EnumSet.of(ObjectKind.ENUM, ObjectKind.DOMAIN, ObjectKind.TYPE);
            case SCHEMA -> EnumSet.of(ObjectKind.SCHEMA);
            case EXTENSION -> EnumSet.of(ObjectKind.EXTENSION);
            case TRIGGER -> EnumSet.of(ObjectKind.TRIGGER);
            case FUNCTION -> EnumSet.of(ObjectKind.FUNCTION);
        };
    }
}
