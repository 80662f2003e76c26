package dev.migrationledger.core.position;

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
 * @param sure what of its shape is known from a later revision on
 * @param settled whether nothing in that revision that cannot be read may have changed it again
 * @param demand how the object must have been for the revision to run at all; {@link Presence#EITHER}: anyhow
 */
record ObjectState(
        int revision,
        Presence presence,
        Shape shape,
        @Nullable ObjectName other,
        int since,
        int shapeSince,
        Sure sure,
        boolean settled,
        Presence demand) {

    /**
     * What a revision made of an object, or what nothing that cannot be read can have changed before it.
     *
     * @param since a revision
     */
    record Sure(Definition definition, int since) {
        static Sure nothing(Shape shape, int since) {
            return new Sure(Definition.unknown(shape.definition().kind()), since);
        }
    }

    /** Of an object that is not there before any revision. */
    static ObjectState absent(ObjectKind kind) {
        return initial(kind, Presence.ABSENT);
    }

    /** Before any revision. */
    static ObjectState initial(ObjectKind kind, Presence presence) {
        Shape unknown = Shape.unknown(kind);
        return new ObjectState(Contradiction.BEFORE_ANY, presence, unknown, null, Contradiction.BEFORE_ANY,
                Contradiction.BEFORE_ANY,
                Sure.nothing(unknown, Contradiction.BEFORE_ANY), true, Presence.EITHER);
    }

    Definition definition() {
        return shape.definition();
    }

    ObjectState renamed(ObjectName name) {
        return new ObjectState(revision, presence, shape, name, since, shapeSince, sure, settled, demand);
    }

    /** The same, of an object that is there since an earlier revision. */
    ObjectState thereSince(int earlier) {
        return new ObjectState(revision, presence, shape, other, earlier, shapeSince, sure, settled, demand);
    }

    /** The same, of which no more is known than was known before. */
    ObjectState as(ObjectState before) {
        Sure known = shape.equals(before.shape) ? before.sure : Sure.nothing(shape, before.shapeSince);
        return new ObjectState(revision, presence, shape, other, before.since, before.shapeSince, known,
                settled && before.settled, demand);
    }

    /** The same, of whose shape no more is known than was known before, but for what is sure. */
    ObjectState shapedAs(ObjectState before, Sure known) {
        return new ObjectState(revision, presence, shape, other, since, before.shapeSince, known,
                settled && before.settled,
                demand);
    }
}
