package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * How a revision leaves an object.
 *
 * @param revision its number
 * @param shape what is known of it where it is there
 * @param other under which name the object is there instead; absent: it is not that it was renamed
 * @param since the revision from which on it is known to be there or not: an earlier one where this one leaves that as it was
 * @param shapeSince the revision from which on it is known to be as it is: an earlier one where this one did not look
 * @param settled whether nothing in that revision that cannot be read may have changed it again
 * @param demand how the object must have been for the revision to run at all; {@link Presence#EITHER}: anyhow
 */
record Mark(
        int revision,
        Presence presence,
        Shape shape,
        @Nullable ObjectName other,
        int since,
        int shapeSince,
        boolean settled,
        Presence demand) {

    /** Of an object that is not there before any revision. */
    static Mark absent(ObjectKind kind) {
        return new Mark(Charge.BEFORE_ANY, Presence.ABSENT, Shape.unknown(kind), null, Charge.BEFORE_ANY,
                Charge.BEFORE_ANY, true, Presence.EITHER);
    }

    Definition definition() {
        return shape.definition();
    }

    Mark renamed(ObjectName name) {
        return new Mark(revision, presence, shape, name, since, shapeSince, settled, demand);
    }

    /** The same, of which no more is known than was known before. */
    Mark as(Mark before) {
        return new Mark(revision, presence, shape, other, before.since, before.shapeSince, settled && before.settled,
                demand);
    }

    /** The same, of whose shape no more is known than was known before. */
    Mark shapedAs(Mark before) {
        return new Mark(revision, presence, shape, other, since, before.shapeSince, settled && before.settled, demand);
    }

    int since(Discrepancy.Kind kind) {
        return kind == Discrepancy.Kind.DIFFERENT ? shapeSince : since;
    }
}
