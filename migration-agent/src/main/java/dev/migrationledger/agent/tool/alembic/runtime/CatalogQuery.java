package dev.migrationledger.agent.tool.alembic.runtime;

import dev.migrationledger.agent.python.symbolic.Sought;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query that asks PostgreSQL's catalogs for one object by its name, or for all objects of a kind, and for nothing else.
 * A query with a further condition, a join or a function is not understood, because its answer depends on more.
 */
final class CatalogQuery extends QueryReader {

    /** A query's answer. */
    sealed interface Answer {

        /**
         * Objects of one catalog.
         *
         * @param name absent: all of them are asked for
         */
        record Rows(SystemCatalog catalog, @Nullable String schema, @Nullable String table, @Nullable String name)
                implements
                    Answer {}

        /** {@code SELECT EXISTS (…)}. */
        record Exists(Rows rows) implements Answer {}

        /** {@code SELECT count(*) FROM …}. */
        record Count(Rows rows) implements Answer {}

        /**
         * {@code SELECT to_regclass('…')}.
         *
         * @param there what {@code IS [NOT] NULL} asks; absent: it is not asked
         */
        record Regclass(
                @Nullable String schema, String name, @Nullable Boolean there) implements Answer {}
    }

    private CatalogQuery(List<Token> tokens) {
        super(tokens);
    }

    /**
     * What a query asks for.
     *
     * @param named values of its parameters
     * @param positional values of {@code %s}
     * @return absent where it is not understood
     */
    static @Nullable Answer of(String sql, Map<String, String> named, List<String> positional) {
        try {
            CatalogQuery query = new CatalogQuery(tokens(sql, named, positional));
            Answer answer = query.statement();
            return query.isAtEnd() ? answer : null;
        } catch (NotUnderstood e) {
            return null;
        }
    }

    private Answer statement() throws NotUnderstood {
        expect("select");
        if (accept("exists")) {
            expect("(");
            Answer.Rows rows = query();
            expect(")");
            label();
            return new Answer.Exists(rows);
        }
        if (accept("to_regclass")) {
            return regclass();
        }
        if (accept("count")) {
            expect("(");
            next();
            expect(")");
            label();
            return new Answer.Count(from());
        }
        return columns();
    }

    private Answer.Rows query() throws NotUnderstood {
        expect("select");
        return columns();
    }

    /** Which columns are asked for does not matter. */
    private Answer.Rows columns() throws NotUnderstood {
        while (!isNext("from")) {
            Token token = next();
            if (token.type() == Type.SIGN && !List.of("*", ",", ".").contains(token.text())) {
                throw new NotUnderstood();
            }
        }
        return from();
    }

    private Answer.Regclass regclass() throws NotUnderstood {
        expect("(");
        String[] parts = text().replace("\"", "").split("\\.", -1);
        expect(")");
        cast();
        Boolean there = null;
        if (accept("is")) {
            there = accept("not");
            expect("null");
        }
        label();
        if (parts.length > 2) {
            throw new NotUnderstood();
        }
        return new Answer.Regclass(parts.length == 1 ? null : parts[0], parts[parts.length - 1], there);
    }

    private Answer.Rows from() throws NotUnderstood {
        expect("from");
        String source = word();
        if (accept(".")) {
            source = (source.equals("pg_catalog") ? "" : source + ".") + word();
        }
        SystemCatalog catalog = SystemCatalog.of(source);
        if (catalog == null) {
            throw new NotUnderstood();
        }
        label();
        Conditions conditions = new Conditions(catalog);
        if (accept("where")) {
            do {
                condition(conditions);
            } while (accept("and"));
        }
        if (accept("order")) {
            expect("by");
            next();
        }
        if (accept("limit") && next().text().equals("0")) {
            throw new NotUnderstood();
        }
        boolean any = conditions.schema == null && !conditions.visible
                && catalog.kind != Sought.Kind.SCHEMA && catalog.kind != Sought.Kind.EXTENSION;
        return new Answer.Rows(catalog, any ? Sought.ANY_SCHEMA : conditions.schema, conditions.table,
                conditions.name);
    }

    private static final class Conditions {
        private final SystemCatalog catalog;
        private @Nullable String schema;

        /** Whether only the schemas are asked to which unqualified names go. */
        private boolean visible;
        private @Nullable String table;
        private @Nullable String name;

        Conditions(SystemCatalog catalog) {
            this.catalog = catalog;
        }

        void put(String column, String value) throws NotUnderstood {
            if (column.equals(catalog.name) && name == null) {
                name = value;
            } else if (column.equals(catalog.table) && table == null) {
                table = value;
            } else if (column.equals(catalog.schema) && schema == null) {
                schema = value;
            } else if (!catalog.ignores(column)) {
                throw new NotUnderstood();
            }
        }
    }

    private void condition(Conditions conditions) throws NotUnderstood {
        boolean not = accept("not");
        String column = word();
        if (accept(".")) {
            column = word();
        }
        if (not) {
            if (!column.equals("attisdropped")) {
                throw new NotUnderstood();
            }
            return;
        }
        cast();
        if (accept(">") || accept("in")) {
            ignored(conditions, column);
            return;
        }
        expect("=");
        if (accept("current_schema") || accept("current_database")) {
            expect("(");
            expect(")");
            if (column.equals(conditions.catalog.schema)) {
                conditions.visible = true;
            } else {
                conditions.put(column, "");
            }
            return;
        }
        String value = text();
        int dot = value.lastIndexOf('.');
        boolean regclass = column.endsWith("relid");
        if (regclass && dot >= 0) {
            conditions.schema = value.substring(0, dot);
        }
        conditions.visible |= regclass;
        conditions.put(column, regclass ? value.substring(dot + 1).replace("\"", "") : value);
    }

    /** A condition that leaves the object of that name what it is: its kind, or that a column was not dropped. */
    private void ignored(Conditions conditions, String column) throws NotUnderstood {
        if (!conditions.catalog.ignores(column)) {
            throw new NotUnderstood();
        }
        if (!accept("(")) {
            next();
            return;
        }
        while (!accept(")")) {
            next();
        }
    }

    /** A text, also one that is made a {@code regclass} or {@code name}. */
    private String text() throws NotUnderstood {
        boolean call = accept("cast");
        if (call) {
            expect("(");
        }
        Token token = next();
        if (token.type() != Type.TEXT) {
            throw new NotUnderstood();
        }
        if (call) {
            expect("as");
            next();
            expect(")");
        }
        cast();
        return token.text();
    }

    private void cast() throws NotUnderstood {
        if (accept("::")) {
            word();
        }
    }
}
