package dev.migrationledger.contracts.schema;

import java.util.Locale;

/**
 * What a schema consists of, as far as migrations make it. The order is that of objects in snapshots and fingerprints, and wholes stand
 * before their parts.
 */
public enum ObjectKind {
    SCHEMA,
    EXTENSION,
    /** A base, partitioned or foreign table. */
    TABLE,
    COLUMN,
    /** Primary key, unique, foreign key, check or exclusion constraint. */
    CONSTRAINT,
    /** An index that no constraint owns. */
    INDEX,
    SEQUENCE,
    ENUM,
    DOMAIN,
    /** A composite or range type. */
    TYPE,
    VIEW,
    MATERIALIZED_VIEW,
    /** A function, procedure or aggregate; its name has its argument types, as in {@code f(integer)}. */
    FUNCTION,
    TRIGGER,
    POLICY;

    /** As people say it: {@code materialized view}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
