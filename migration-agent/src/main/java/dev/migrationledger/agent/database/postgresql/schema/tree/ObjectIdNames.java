package dev.migrationledger.agent.database.postgresql.schema.tree;

import org.jspecify.annotations.Nullable;

/**
 * What the object ids in a stored tree stand for. Names are as they would be written with an empty search path: quoted where
 * need be, and qualified unless they are the server's own. An id that stands for nothing is answered as {@code ?}.
 */
public interface ObjectIdNames {

    String function(long oid);

    /** Such as {@code =} or {@code OPERATOR(public.=)}. */
    String operator(long oid);

    String type(long oid);

    String collation(long oid);

    String relation(long oid);

    /**
     * The name of a relation's column.
     *
     * @param number from 1; below 1: the row as a whole, or a system column
     */
    String column(long relation, int number);

    /** Absent: the id is not that of a label of an enum. */
    @Nullable
    String enumLabel(long oid);
}
