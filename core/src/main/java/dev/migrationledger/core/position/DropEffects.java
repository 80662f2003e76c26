package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drops an object, and with it what PostgreSQL drops along. */
record DropEffects(Timelines timelines, TypeNames types, AlternativeNames names) {

    void drop(ObjectName object, boolean certain, Presence demand) {
        if (object.kind() == ObjectKind.CONSTRAINT && !timelines.isKnown(object)) {
            names.underAnotherName(object);
        }
        names.underGivenName(object);
        timelines.markDropped(timelines.timeline(object), certain, demand);
        timelines.belonging(object, (part, _) -> timelines.markDropped(part, certain, Presence.EITHER));
        timelines.referring(object, (key, _) -> timelines.markDropped(key, certain, Presence.EITHER));
        for (ObjectName name : timelines.dependents().children(object)) {
            ObjectState before = before(name);
            if (mayGo(before, certain) && before.definition() instanceof Definition.Table child
                    && object.equals(child.partitionOf())) {
                drop(name, certain, Presence.EITHER);
            }
        }
    }

    /** Drops an object and what depends on it. */
    void dropCascade(ObjectName object, boolean certain, Presence demand) {
        Set<String> numbers = numbers(object);
        drop(object, certain, demand);
        if (!numbers.isEmpty()) {
            timelines.all(ObjectKind.COLUMN).forEach(column -> numbersGone(column, numbers));
        }
        dependents(object, certain);
    }

    /** Defaults that take their number from a sequence which goes along: a sequence belongs to the column that counts with it. */
    private Set<String> numbers(ObjectName object) {
        return switch (object.kind()) {
            case TABLE -> numbers(timelines.members(object));
            case COLUMN -> numbers(List.of(timelines.timeline(object)));
            case SEQUENCE ->
                Set.of("nextval('" + object.name() + "'::regclass)", "nextval('" + object.dotted() + "'::regclass)");
            case SCHEMA, EXTENSION, CONSTRAINT, INDEX, ENUM, DOMAIN, TYPE, VIEW, MATERIALIZED_VIEW, FUNCTION, TRIGGER,
                    POLICY ->
                Set.of();
        };
    }

    private Set<String> numbers(List<Timeline> columns) {
        return columns.stream().map(timelines::before).map(DropEffects::number).filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static @Nullable String number(ObjectState column) {
        String value = column.definition() instanceof Definition.Column known ? known.defaultValue() : null;
        return value != null && value.startsWith("nextval(") ? value : null;
    }

    /** The default of another column goes with the sequence that it uses. */
    private void numbersGone(Timeline column, Set<String> numbers) {
        ObjectState before = timelines.before(column);
        String number = number(before);
        if (before.presence() != Presence.ABSENT && number != null && numbers.contains(number)
                && before.definition() instanceof Definition.Column known) {
            timelines.reshape(column, before, new Shape(known.withHasDefault(null), before.shape().impliedName()));
        }
    }

    /** What depends on a dropped object goes along; where a script does not say on what something depends, it may have gone. */
    private void dependents(ObjectName object, boolean certain) {
        TableDependents dependents = timelines.dependents();
        switch (object.kind()) {
            case TABLE -> dependents.children(object).forEach(this::perhapsGone);
            case ENUM, DOMAIN, TYPE ->
                timelines.all(ObjectKind.COLUMN).forEach(column -> goesWithType(column, object, certain));
            case FUNCTION -> timelines.all(ObjectKind.TRIGGER).forEach(timelines::perhapsGone);
            case CONSTRAINT -> dependents.keys(PostgresRules.tableOf(object)).forEach(this::perhapsGone);
            case COLUMN -> dependents.keys(PostgresRules.tableOf(object))
                    .forEach(key -> goesWithColumn(key, object, certain));
            case SCHEMA, EXTENSION, INDEX, SEQUENCE, VIEW, MATERIALIZED_VIEW, TRIGGER, POLICY -> {
                // Only views depend on them, or what goes along without a word.
            }
        }
        for (ObjectName name : timelines.views()) {
            ObjectState before = before(name);
            List<ObjectName> uses = PostgresRules.uses(before.definition());
            if (!mayGo(before, certain)) {
                continue;
            }
            if (uses == null) {
                perhapsGone(name);
            } else if (uses.contains(object) || uses.contains(PostgresRules.asTable(object))) {
                dropCascade(name, certain, Presence.EITHER);
            }
        }
    }

    /** Whether it is there, and was not taken along already. */
    private static boolean mayGo(ObjectState before, boolean certain) {
        return before.presence() == Presence.PRESENT || (certain && before.presence() == Presence.EITHER);
    }

    private void goesWithType(Timeline column, ObjectName type, boolean certain) {
        ObjectState before = timelines.before(column);
        if (before.presence() != Presence.ABSENT && before.definition() instanceof Definition.Column known
                && known.type() != null && types.same(known.type(), type.name())) {
            drop(column.object(), certain, Presence.EITHER);
        }
    }

    private void goesWithColumn(ObjectName key, ObjectName column, boolean certain) {
        List<String> referenced = before(key).definition() instanceof Definition.Constraint constraint
                ? constraint.referenced()
                : null;
        if (referenced == null) {
            perhapsGone(key);
        } else if (referenced.contains(column.name())) {
            timelines.markDropped(timelines.timeline(key), certain, Presence.EITHER);
        }
    }

    private ObjectState before(ObjectName name) {
        return timelines.before(timelines.timeline(name));
    }

    private void perhapsGone(ObjectName name) {
        timelines.perhapsGone(timelines.timeline(name));
    }
}
