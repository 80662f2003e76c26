package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.unread.SqlReason.CalledInDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_name_nontypeContext;

/** Calls of functions, which may do whatever they like unless they are known. */
final class Called {

    /** How names of functions of PostgreSQL, and of extensions that many use, begin that change nothing of a schema. */
    private static final List<String> HARMLESS_FAMILIES = List.of(
            "array_", "date_", "enum_", "has_", "json_", "jsonb_", "pg_", "postgis_",
            "regexp_", "st_", "string_", "ts_", "uuid_");

    /** Further ones. */
    private static final Set<String> HARMLESS = Set.of(
            "abs", "age", "any_value", "ascii", "avg", "bit_and", "bit_or", "bool_and", "bool_or", "box",
            "broadcast", "btrim", "cardinality", "ceil", "ceiling", "char_length", "chr", "circle",
            "clock_timestamp", "coalesce", "col_description", "concat", "concat_ws", "corr", "cos", "count", "crypt",
            "cume_dist", "current_database", "current_role", "current_schema", "current_schemas", "current_setting",
            "current_user", "currval", "date", "daterange", "decode", "degrees", "dense_rank", "digest", "div",
            "encode", "every", "exp", "extract", "factorial", "find_srid", "first_value", "floor", "format",
            "format_type", "gcd", "gen_random_bytes", "gen_random_uuid", "gen_salt", "generate_series",
            "generate_subscripts", "greatest", "hash_record", "hashtext", "hashtextextended", "host",
            "inet_client_addr", "initcap", "int4range", "int8range", "isempty", "isfinite", "json", "jsonb",
            "justify_days", "justify_hours", "lag", "last_value", "lastval", "lcm", "lead", "least", "left",
            "length", "ln", "lo_unlink", "localtimestamp", "log", "lower", "lower_inc", "lpad", "ltrim", "make_date",
            "make_interval", "make_time", "make_timestamp", "make_timestamptz", "masklen", "max", "md5", "min",
            "mod", "mode", "multirange", "network", "nextval", "now", "nth_value", "ntile", "nullif", "numrange",
            "obj_description", "octet_length", "oid", "overlay", "parse_ident", "percent_rank", "percentile_cont",
            "percentile_disc", "phraseto_tsquery", "pi", "plainto_tsquery", "point", "polygon", "position", "power",
            "quote_ident", "quote_literal", "quote_nullable", "radians", "random", "random_normal", "range_merge",
            "rank", "repeat", "replace", "reverse", "right", "round", "row", "row_number", "row_to_json", "rpad",
            "rtrim", "scale", "session_user", "set_config", "setseed", "setval", "setweight", "sha224", "sha256",
            "sha384", "sha512", "shobj_description", "show_trgm", "sign", "similarity", "sin", "split_part", "sqrt",
            "statement_timestamp", "stddev", "strip", "strpos", "substr", "substring", "sum", "tan", "timeofday",
            "timezone", "to_char", "to_date", "to_json", "to_jsonb", "to_number", "to_regclass", "to_regnamespace",
            "to_regproc", "to_regrole", "to_regtype", "to_timestamp", "to_tsquery", "to_tsvector",
            "transaction_timestamp", "translate", "trim", "trim_array", "trim_scale", "trunc", "tsrange",
            "tstzrange", "tsvector_to_array", "txid_current", "unaccent", "unnest", "upper", "upper_inc", "user",
            "uuidv4", "uuidv7", "variance", "version", "websearch_to_tsquery", "width_bucket", "word_similarity",
            "xmlagg");

    private Called() {}

    /** Says what a call can change, and whether it can change anything. */
    static boolean read(Function_callContext call, String statement, Changes.At at) {
        Schema_qualified_name_nontypeContext name = call.schema_qualified_name_nontype();
        if (name == null) {
            return false;
        }
        String last = name.getText().substring(name.getText().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        List<String> texts = Scanner.tokens(ParsedNames.text(call)).stream()
                .filter(Token::isString).map(Token::text).toList();
        if (last.equals("set_config") && texts.size() > 1 && texts.getFirst().equals(SqlStatement.SEARCH_PATH)) {
            SqlStatement.search(texts.get(1), at);
            return false;
        }
        if (HARMLESS.contains(last) || HARMLESS_FAMILIES.stream().anyMatch(last::startsWith)) {
            return false;
        }
        SchemaFunction known = SchemaFunction.of(last);
        if (known != null) {
            known.read(texts, statement, at);
        } else if (texts.isEmpty()) {
            at.unknown(statement, new CalledInDatabase(name.getText()));
        } else {
            at.unknown(statement, new CalledInDatabase(name.getText()), Mentioned.in(statement));
        }
        return true;
    }
}
