package dev.migrationledger.agent.physical;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that generated revisions made. Revisions that do not know each other may only touch it in ways that do not mind
 * each other, so that every order in which they can run works.
 */
final class Thing {

    enum Kind {
        SCHEMA,
        TABLE,
        COLUMN,
        INDEX,
        CONSTRAINT,
        ENUM,
        VIEW
    }

    final Kind kind;
    /** Whose column, index, constraint or view it is; for a table, its schema. */
    final @Nullable Thing of;
    /** Columns that it is over, or a table that it refers to, or the enum that a column is of. */
    final List<Thing> over = new ArrayList<>();
    String name;
    String type = "";
    boolean nullable = true;
    /** Whether a script can name it: the server may have made up its name. */
    boolean named = true;
    boolean gone;
    private final BitSet changed = new BitSet();
    private final BitSet used = new BitSet();

    Thing(Kind kind, @Nullable Thing of, String name, int maker) {
        this.kind = kind;
        this.of = of;
        this.name = name;
        changed.set(maker);
    }

    /** Whether a revision finds it as it is: all changes came before. */
    boolean isSeenBy(BitSet before) {
        BitSet unseen = (BitSet) changed.clone();
        unseen.andNot(before);
        return unseen.isEmpty();
    }

    /** Whether a revision may change it: all that need it as it is came before. */
    boolean isFree(BitSet before) {
        BitSet unseen = (BitSet) used.clone();
        unseen.andNot(before);
        return unseen.isEmpty() && isSeenBy(before);
    }

    void use(int revision) {
        used.set(revision);
    }

    void change(int revision) {
        changed.set(revision);
    }

    /** As SQL and as a name of SQLAlchemy's. */
    String dotted() {
        return kind == Kind.TABLE && of != null ? of.name + "." + name : name;
    }

    /** A further argument of an operation on this table, if it needs one. */
    String schemaArgument() {
        return of == null ? "" : ", schema=\"" + of.name + "\"";
    }
}
