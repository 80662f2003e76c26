package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;

/**
 * An object that another one needs, so that PostgreSQL refuses to drop that other one without CASCADE.
 *
 * @param dependent the object that stands in the way
 * @param need why
 * @param containers the table and columns that the dependent object goes along with without a word
 */
public record DropRefusal(ObjectName dependent, Need need, List<ObjectName> containers) {
    public DropRefusal {
        containers = List.copyOf(containers);
    }

    /** What the dependent object does with the other one. */
    public enum Need {
        /** A foreign key points to a table or column. */
        POINTS_TO,
        /** A foreign key needs a primary key, unique constraint or unique index. */
        RELIES_ON,
        /** A view reads a relation or column. */
        READS,
        /** A column, domain, function or composite type uses a type. */
        HAS_TYPE,
        /** A column's default uses a sequence. */
        COUNTS_WITH,
        /** A table inherits from another. */
        INHERITS,
        /** A trigger calls a function. */
        CALLS,
        /** An object is in a schema. */
        LIES_IN,
        /** A constraint owns an index. */
        OWNS
    }
}
