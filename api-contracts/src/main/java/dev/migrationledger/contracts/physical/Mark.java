package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * How a revision leaves an object.
 *
 * @param revision its number
 * @param shape what is known of it where it is there
 * @param other under which name the object is there instead; absent: it is not that it was renamed
 * @param since the revision from which on it is known to be so: an earlier one where this one leaves something as it was
 * @param settled whether nothing in that revision that cannot be read may have changed it again
 * @param demand how the object must have been for the revision to run at all; {@link Presence#EITHER}: anyhow
 */
record Mark(
        int revision,
        Presence presence,
        Shape shape,
        @Nullable ObjectName other,
        int since,
        boolean settled,
        Presence demand) {

    Definition definition() {
        return shape.definition();
    }

    Mark renamed(ObjectName name) {
        return new Mark(revision, presence, shape, name, since, settled, demand);
    }

    /** The same, of which no more is known than was known before. */
    Mark as(Mark before) {
        return new Mark(revision, presence, shape, other, before.since, settled && before.settled, demand);
    }
}
