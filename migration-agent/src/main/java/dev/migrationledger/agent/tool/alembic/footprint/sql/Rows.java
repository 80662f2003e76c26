package dev.migrationledger.agent.tool.alembic.footprint.sql;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Delete_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Insert_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Into_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Merge_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_name_nontypeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_stmt_for_psqlContext;

/** Statements about rows: which tables they write, wherever in them that stands. */
final class Rows {

    /** Functions of PostgreSQL that only compute; a query that calls any other may do whatever it likes. */
    private static final Set<String> COMPUTING = Set.of(
            "abs", "age", "array_agg", "array_append", "array_length", "array_remove", "array_to_string", "avg",
            "bool_and", "bool_or", "btrim", "ceil", "char_length", "clock_timestamp", "concat", "concat_ws", "count",
            "current_database", "current_schema", "current_setting", "date", "date_part", "date_trunc", "decode",
            "dense_rank", "encode", "first_value", "floor", "format", "gen_random_uuid", "generate_series",
            "has_table_privilege", "initcap", "json_agg", "json_array_elements", "json_array_elements_text",
            "json_build_object", "json_object_agg", "json_object_keys", "jsonb_agg", "jsonb_array_elements",
            "jsonb_array_elements_text", "jsonb_array_length", "jsonb_build_array", "jsonb_build_object",
            "jsonb_each", "jsonb_each_text", "jsonb_object_agg", "jsonb_object_keys", "jsonb_set", "jsonb_strip_nulls",
            "jsonb_typeof", "lag", "last_value", "lead", "left", "length", "lower", "lpad", "ltrim", "max", "md5",
            "min", "mod", "now", "obj_description", "octet_length", "pg_get_constraintdef", "pg_get_indexdef",
            "pg_get_serial_sequence", "pg_get_viewdef", "pg_relation_size", "pg_table_is_visible",
            "pg_total_relation_size", "pg_typeof", "random", "rank", "regexp_matches", "regexp_replace",
            "regexp_split_to_array", "regexp_split_to_table", "repeat", "replace", "reverse", "right", "round",
            "row_number", "row_to_json", "rpad", "rtrim", "set_config", "split_part", "statement_timestamp",
            "string_agg", "string_to_array", "strpos", "substr", "substring", "sum", "to_char", "to_date", "to_json",
            "to_jsonb", "to_number", "to_regclass", "to_timestamp", "to_tsvector", "transaction_timestamp", "trim",
            "trunc", "unnest", "upper", "uuid_generate_v4", "version");

    private Rows() {}

    static void read(Data_statementContext statement, Changes.At at) {
        boolean writes = false;
        for (ParserRuleContext part : parts(statement, new ArrayList<>())) {
            switch (part) {
                case Insert_stmt_for_psqlContext insert -> {
                    at.write(Words.qualified(insert.insert_table_name).table());
                    writes = true;
                }
                case Update_stmt_for_psqlContext update -> {
                    at.write(Words.qualified(update.update_table_name).table());
                    writes = true;
                }
                case Delete_stmt_for_psqlContext delete -> {
                    at.write(Words.qualified(delete.delete_table_name).table());
                    writes = true;
                }
                case Merge_stmt_for_psqlContext merge -> {
                    at.write(Words.qualified(merge.merge_table_name).table());
                    writes = true;
                }
                case Into_tableContext into -> {
                    at.create(Words.qualified(into.schema_qualified_name()).table(), Map.of());
                    at.unknown(Words.text(statement), "the new table's columns come from a query");
                    writes = true;
                }
                default -> {
                    // Of a call it matters only whether it is all there is.
                }
            }
        }
        if (!writes) {
            calls(statement, at);
        }
    }

    private static void calls(Data_statementContext statement, Changes.At at) {
        for (ParserRuleContext part : parts(statement, new ArrayList<>())) {
            if (part instanceof Function_callContext call && call.schema_qualified_name_nontype() != null) {
                Schema_qualified_name_nontypeContext name = call.schema_qualified_name_nontype();
                String last = name.getText().substring(name.getText().lastIndexOf('.') + 1);
                if (!COMPUTING.contains(last.toLowerCase(Locale.ROOT))) {
                    at.unknown(Words.text(statement), "it calls the function " + name.getText());
                    return;
                }
            }
        }
    }

    /** In the order in which they stand. */
    private static List<ParserRuleContext> parts(ParseTree node, List<ParserRuleContext> parts) {
        if (node instanceof ParserRuleContext part) {
            parts.add(part);
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            parts(node.getChild(i), parts);
        }
        return parts;
    }
}
