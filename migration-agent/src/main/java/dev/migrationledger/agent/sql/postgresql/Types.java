package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.TypeName;
import dev.migrationledger.contracts.schema.CanonicalText;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Collate_identifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Predefined_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_name_nontypeContext;

/**
 * A type in a statement.
 *
 * @param name as PostgreSQL prints it
 * @param serial whether a sequence comes along
 */
record Types(String name, boolean serial) {

    static Types of(Data_typeContext type) {
        Predefined_typeContext element = type.predefined_type();
        String below = TypeName.belowSerial(ParsedNames.text(element));
        if (below != null) {
            return new Types(below, true);
        }
        boolean array = type.ARRAY() != null || !type.array_type().isEmpty();
        return new Types(element(element) + (array ? "[]" : ""), false);
    }

    /** As PostgreSQL prints it; absent: none is given. */
    static @Nullable String collation(@Nullable Collate_identifierContext written) {
        return written == null
                ? null
                : CanonicalText.quoted(ParsedNames.qualified(written.schema_qualified_name()).name());
    }

    private static String element(Predefined_typeContext type) {
        String written = ParsedNames.text(type);
        int open = written.indexOf('(');
        String modifiers = open < 0 ? null : written.substring(open + 1, written.indexOf(')', open));
        Schema_qualified_name_nontypeContext named = type.schema_qualified_name_nontype();
        if (named != null) {
            return TypeName.of(spelled(named), modifiers);
        }
        String words = open < 0
                ? written
                : written.substring(0, open) + written.substring(written.indexOf(')', open) + 1);
        String base = words.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        return TypeName.of(plain(base), modifiers);
    }

    private static String plain(String base) {
        return base.startsWith("national ") ? base.substring("national ".length()) : base;
    }

    /** Those of PostgreSQL itself and those found on the search path without a schema, others with theirs. */
    private static String spelled(Schema_qualified_name_nontypeContext named) {
        String name = ParsedNames.name(
                named.identifier_nontype() != null ? named.identifier_nontype() : named.identifier_reserved_nontype());
        String schema = schema(named);
        return schema == null || schema.equals("pg_catalog") || schema.equals("public")
                ? CanonicalText.quoted(name)
                : CanonicalText.quoted(schema) + "." + CanonicalText.quoted(name);
    }

    private static @Nullable String schema(Schema_qualified_name_nontypeContext named) {
        ParserRuleContext schema = named.schema;
        return schema == null ? null : ParsedNames.name(schema);
    }
}
