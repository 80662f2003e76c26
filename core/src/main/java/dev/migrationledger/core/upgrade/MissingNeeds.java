package dev.migrationledger.core.upgrade;

import dev.migrationledger.contracts.footprint.Alteration.DefaultSet;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.SnapshotKey;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables, columns, keys and types that new foreign keys, indexes and columns need, and that surely are not there when they are created. */
public final class MissingNeeds {

    private static final Pattern NAME = Pattern.compile("\\w+");

    /** Extensions without tables. A snapshot leaves out what belongs to an extension. */
    private static final Set<String> WITHOUT_TABLES = Set.of("btree_gin", "btree_gist", "citext", "hstore", "pg_trgm",
            "pgcrypto", "unaccent", "uuid-ossp", "vector");

    /** Of a sequence that is looked up at once: with {@code ::text} it is not. */
    private static final Pattern NEXT_VALUE = Pattern.compile(
            "\\(*nextval\\s*\\(\\s*'(?:([a-z_]\\w*)\\.)?([a-z_]\\w*)'(?:\\s*::\\s*regclass)?\\s*\\)+");

    /** A type of one word, with or without its schema, and perhaps an array of it. */
    private static final Pattern TYPE = Pattern.compile("(?:(\\w+)\\.)?(\\w+)(?:\\[])*");

    /** Those of one word that PostgreSQL has by itself, and how scripts call some of them. */
    private static final Set<String> BUILT_IN = Set.of("aclitem", "bigint", "bigserial", "bit", "bool", "boolean",
            "box",
            "bpchar", "bytea", "char", "character", "cid", "cidr", "circle", "cstring", "date", "datemultirange",
            "daterange", "dec", "decimal", "double", "float", "float4", "float8", "gtsvector", "inet", "int", "int2",
            "int2vector", "int4", "int4multirange", "int4range", "int8", "int8multirange", "int8range", "integer",
            "interval", "json", "jsonb", "jsonpath", "line", "lseg", "macaddr", "macaddr8", "money", "name", "nchar",
            "national", "numeric", "nummultirange", "numrange", "oid", "oid8", "oidvector", "path", "point", "polygon",
            "real", "record", "refcursor", "regclass", "regcollation", "regconfig", "regdatabase", "regdictionary",
            "regnamespace", "regoper", "regoperator", "regproc", "regprocedure", "regrole", "regtype", "serial",
            "serial2", "serial4", "serial8", "smallint", "smallserial", "text", "tid", "time", "timestamp",
            "timestamptz", "timetz", "trigger", "tsmultirange", "tsquery", "tsrange", "tstzmultirange", "tstzrange",
            "tsvector", "txid_snapshot", "uuid", "varbit", "varchar", "void", "xid", "xid8", "xml");

    private final SchemaSeen schema;
    private final @Nullable String versionTable;
    private final PresentObjects present;
    private final Set<ObjectName> fresh;
    private final IdentitySequences identities;

    /** Tables whose keys may be others than those of the snapshot. */
    private final Set<ObjectName> changed = new HashSet<>();

    /**
     * Before any change.
     *
     * @param versionTable with its schema: no snapshot has it
     * @param present what is there after the changes so far; kept up to date by the caller
     * @param fresh of these what was made on the way
     * @param identities kept up to date as well
     */
    public MissingNeeds(
            SchemaSeen schema, @Nullable String versionTable, PresentObjects present, Set<ObjectName> fresh,
            IdentitySequences identities) {
        this.schema = schema;
        this.versionTable = versionTable;
        this.present = present;
        this.fresh = fresh;
        this.identities = identities;
    }

    public void after(Change effect) {
        if (effect.action() != Action.WRITE) {
            Stream.of(effect.object(), effect.lastName()).map(this::resolved).map(MissingNeeds::tableOf)
                    .forEach(changed::add);
            if (effect instanceof Create(_, Index index, _, _, _) && index.table() != null) {
                changed.add(resolved(index.table()));
            }
        }
    }

    /**
     * What this one needs and is missing; absent: nothing is known to be.
     *
     * @param sameRevision all that its revision does
     */
    public @Nullable MissingNeed of(Change effect, ObjectName object, List<Effect> sameRevision) {
        if (!effect.condition().isAlways() || effect.object().hasComputedSchema()) {
            return null;
        }
        return switch (effect) {
            case Create(_, Constraint key, _, _, _) when key.references() != null -> ofKey(object, key,
                    key.references(), sameRevision);
            case Create(_, Index index, _, _, _) when index.table() != null -> missing(object, index.table(),
                    index.columns(), sameRevision);
            case Create(_, Column column, _, _, _) -> ofColumn(object, column, sameRevision);
            case Alter alter -> alter.changes().stream()
                    .map(one -> one instanceof DefaultSet(String value) ? ofDefault(object, value, sameRevision) : null)
                    .filter(Objects::nonNull).findFirst().orElse(null);
            case Create _,Rename _,Drop _,Write _ -> null;
        };
    }

    private @Nullable MissingNeed ofKey(
            ObjectName object, Constraint key, ObjectName references, List<Effect> sameRevision) {
        ObjectName table = resolved(references);
        MissingNeed missing = missing(object, references, key.referenced(), sameRevision);
        List<String> columns = key.referenced();
        return missing != null || columns == null || !isKnown(table) || changed.contains(table)
                || Boolean.TRUE.equals(key.period()) || isPartition(table) || hasKey(table, columns)
                        ? missing
                        : new MissingNeed(table, columns, object);
    }

    private @Nullable MissingNeed ofColumn(ObjectName object, Column column, List<Effect> sameRevision) {
        MissingNeed type = column.type() == null ? null : ofType(object, column.type(), sameRevision);
        return type == null ? ofDefault(object, column.defaultValue(), sameRevision) : type;
    }

    /** A sequence that a default takes its numbers from. */
    private @Nullable MissingNeed ofDefault(
            ObjectName column, @Nullable String value, List<Effect> sameRevision) {
        Matcher called = NEXT_VALUE.matcher(value == null ? "" : value.toLowerCase(Locale.ROOT));
        if (!called.matches() || !identities.isEmpty()) {
            return null;
        }
        ObjectName named = new ObjectName(ObjectKind.SEQUENCE, called.group(1), null, called.group(2));
        return isSurelyMissing(named, resolved(named), sameRevision)
                ? new MissingNeed(resolved(named), List.of(), column)
                : null;
    }

    private @Nullable MissingNeed ofType(ObjectName object, String type, List<Effect> sameRevision) {
        Matcher named = TYPE.matcher(type);
        if (!named.matches() || BUILT_IN.contains(named.group(2)) || named.group(2).startsWith("pg_")
                || "pg_catalog".equals(named.group(1)) || !schema.whole() || isMade(named.group(2), sameRevision)
                || present.extensions().findAny().isPresent()) {
            return null;
        }
        ObjectName missing = new ObjectName(ObjectKind.TYPE, named.group(1), null, named.group(2));
        return new MissingNeed(resolved(missing), List.of(), object);
    }

    /** Whether anything of that name is there, in whatever schema, or made by the same revision. */
    private boolean isMade(String name, List<Effect> sameRevision) {
        return present.named(name).anyMatch(other -> other.table() == null && other.name().equals(name))
                || sameRevision.stream().anyMatch(
                        effect -> effect instanceof Change change && change.lastName().name().equals(name));
    }

    /** The table, or one of its columns. */
    private @Nullable MissingNeed missing(
            ObjectName object, ObjectName named, @Nullable List<String> columns, List<Effect> sameRevision) {
        ObjectName table = resolved(named);
        if (isSurelyMissing(named, table, sameRevision)) {
            return new MissingNeed(table, List.of(), object);
        }
        return columns == null || !isKnown(table)
                ? null
                : columns.stream().filter(column -> NAME.matcher(column).matches())
                        .map(column -> table.column(column))
                        .filter(column -> !present.contains(column)).findFirst()
                        .map(column -> new MissingNeed(column, List.of(), object)).orElse(null);
    }

    /** A name without a schema may lead anywhere on the search path. */
    private boolean isSurelyMissing(ObjectName named, ObjectName table, List<Effect> sameRevision) {
        return schema.whole() && !named.hasComputedSchema() && !isVersionTable(table)
                && !isMade(table.name(), sameRevision)
                && present.extensions().allMatch(WITHOUT_TABLES::contains);
    }

    private boolean isVersionTable(ObjectName table) {
        return versionTable == null || versionTable.equals(table.name()) || versionTable.endsWith("." + table.name());
    }

    /** Whether it is a table of the snapshot, all of whose columns are known. */
    private boolean isKnown(ObjectName table) {
        return present.contains(table) && !fresh.contains(table) && present.hasColumns(table);
    }

    /** No snapshot has the keys that come from the partitioned table. */
    private boolean isPartition(ObjectName table) {
        return schema.snapshot().objects().stream().anyMatch(object -> object.object().equals(table)
                && object.definition() instanceof Table of && of.partitionOf() != null);
    }

    private boolean hasKey(ObjectName table, List<String> columns) {
        SnapshotKey key = new SnapshotKey(table, Set.copyOf(columns));
        return schema.snapshot().objects().stream().anyMatch(object -> key.equals(SnapshotKey.of(object)));
    }

    private ObjectName resolved(ObjectName object) {
        return object.resolved(schema.defaultSchema());
    }

    private static ObjectName tableOf(ObjectName object) {
        return object.table() == null
                ? object
                : ObjectName.table(object.schema(), Objects.requireNonNull(object.table()));
    }
}
