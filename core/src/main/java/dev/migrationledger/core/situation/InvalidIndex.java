package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.core.position.Discrepancy;

/** What {@code CREATE INDEX CONCURRENTLY} leaves when it fails: an index of that name which nobody uses and which enforces nothing. */
public final class InvalidIndex {

    private InvalidIndex() {}

    public static boolean is(Discrepancy discrepancy) {
        String actual = discrepancy.actual();
        return discrepancy.object().kind() == ObjectKind.INDEX && actual != null && actual.endsWith(" INVALID");
    }

    public static boolean is(SchemaObject object) {
        return object.object().kind() == ObjectKind.INDEX && object.text().endsWith(" INVALID");
    }
}
