package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;

/** Finds what a dropped or renamed object may be where it was made by another name. */
record AlternativeNames(Timelines timelines) {

    /** A check may have been made by a short name and be dropped by the name that a convention made of it, or the other way round. */
    void underAnotherName(ObjectName constraint) {
        for (Timeline part : timelines.members(PostgresRules.tableOf(constraint))) {
            boolean check = timelines.before(part).definition() instanceof Definition.Constraint known
                    && known.type() == Definition.ConstraintType.CHECK;
            if (check && (ConventionalName.isOf(part.object(), constraint)
                    || ConventionalName.isOf(constraint, part.object()))) {
                timelines.perhapsGone(part);
            }
        }
    }

    /** What was made without a name may go by the one that a convention or a number gave it, which no revision is known to make. */
    void underGivenName(ObjectName object) {
        Timeline known = timelines.known(object);
        if (known != null && (!known.creations().isEmpty() || known.initial().presence() == Presence.ABSENT)) {
            return;
        }
        List<Timeline> near = switch (object.kind()) {
            case CONSTRAINT -> timelines.members(PostgresRules.tableOf(object));
            case INDEX -> timelines.all(ObjectKind.INDEX);
            case SCHEMA, EXTENSION, TABLE, COLUMN, SEQUENCE, ENUM, DOMAIN, TYPE, VIEW, MATERIALIZED_VIEW, FUNCTION,
                    TRIGGER, POLICY ->
                List.of();
        };
        for (Timeline part : near) {
            if (part.object().kind() == object.kind() && timelines.before(part).shape().impliedName()) {
                timelines.perhapsGone(part);
            }
        }
    }
}
