package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.postgresql.LiteralSql;
import dev.migrationledger.agent.sql.postgresql.Placeholders;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Functions, views, triggers and the like as the package alembic_utils declares them, with the statements that it makes of them:
 * {@code op.create_entity(PGView("public", "v", "SELECT …"))}.
 */
final class Entities {

    /** What a trigger's definition says of its table, whose schema comes from the entity. */
    private static final Pattern ON_TABLE = Pattern.compile("(?is)^(.*?\\sON\\s+)(?:[^\\s.]+\\.)?(\\S+)(.*)$");

    private final Changes.At at;

    Entities(Changes.At at) {
        this.at = at;
    }

    /** Does what one of its operations does. */
    void run(String operation, Made call) throws UnknownEffect {
        NamedArguments arguments = new NamedArguments(call, "target", "cascade");
        if (!(arguments.need("target") instanceof Made entity)) {
            throw new UnknownEffect(new UnknownOperation(Part.ENTITY_ELSEWHERE));
        }
        NamedArguments told = new NamedArguments(entity, "schema", "signature", "definition", "on_entity",
                "is_constraint");
        String cascade = arguments.isOn("cascade") ? " CASCADE" : "";
        try {
            String sql = switch (operation) {
                case "create_entity" -> create(Symbols.last(entity), told, "CREATE");
                case "replace_entity" -> replace(Symbols.last(entity), told);
                default -> drop(Symbols.last(entity), told, cascade);
            };
            LiteralSql.read(sql, Placeholders.NONE, at);
        } catch (UnknownEffect computed) {
            throw new UnknownEffect(computed.reason(), new Reach(null, kinds(Symbols.last(entity)), null));
        }
    }

    private static Set<ObjectKind> kinds(String type) {
        return switch (type) {
            case "PGFunction", "PGProcedure" -> Set.of(ObjectKind.FUNCTION);
            case "PGView" -> Set.of(ObjectKind.VIEW);
            case "PGMaterializedView" -> Set.of(ObjectKind.MATERIALIZED_VIEW, ObjectKind.INDEX);
            case "PGTrigger" -> Set.of(ObjectKind.TRIGGER);
            case "PGPolicy" -> Set.of(ObjectKind.POLICY);
            case "PGExtension" -> Set.of(ObjectKind.EXTENSION);
            default -> Set.of(ObjectKind.values());
        };
    }

    private static String create(String type, NamedArguments told, String create) throws UnknownEffect {
        return switch (type) {
            case "PGView" -> create + " VIEW " + named(told) + " AS " + definition(told);
            case "PGMaterializedView" -> "CREATE MATERIALIZED VIEW " + named(told) + " AS " + definition(told)
                    + (told.isFalse("with_data") ? " WITH NO DATA" : "");
            case "PGFunction" -> create + " FUNCTION " + routine(told, false) + " " + definition(told);
            case "PGProcedure" -> create + " PROCEDURE " + routine(told, false) + " " + definition(told);
            case "PGTrigger" -> "CREATE " + (told.isTrue("is_constraint") ? "CONSTRAINT " : "") + "TRIGGER "
                    + quoted(told.text("signature")) + " " + onTable(told);
            case "PGPolicy" -> "CREATE POLICY " + told.text("signature") + " ON " + told.text("on_entity") + " "
                    + definition(told);
            case "PGExtension" -> "CREATE EXTENSION " + quoted(told.text("signature")) + " WITH SCHEMA "
                    + quoted(told.text("schema"));
            case "PGGrantTable" -> "";
            default -> throw new UnknownEffect(new UnknownOperation(Part.ENTITY_KIND));
        };
    }

    private static String replace(String type, NamedArguments told) throws UnknownEffect {
        return switch (type) {
            case "PGView", "PGFunction", "PGProcedure" -> create(type, told, "CREATE OR REPLACE");
            case "PGMaterializedView" -> "DROP MATERIALIZED VIEW IF EXISTS " + named(told) + "; "
                    + create(type, told, "CREATE");
            case "PGTrigger" -> "DROP TRIGGER IF EXISTS " + quoted(told.text("signature")) + " ON "
                    + told.text("on_entity") + "; " + create(type, told, "CREATE");
            case "PGPolicy" -> "DROP POLICY IF EXISTS " + told.text("signature") + " ON " + told.text("on_entity")
                    + "; " + create(type, told, "CREATE");
            default -> create(type, told, "CREATE");
        };
    }

    private static String drop(String type, NamedArguments told, String cascade) throws UnknownEffect {
        return switch (type) {
            case "PGView" -> "DROP VIEW " + named(told) + cascade;
            case "PGMaterializedView" -> "DROP MATERIALIZED VIEW " + named(told) + cascade;
            case "PGFunction" -> "DROP FUNCTION " + routine(told, true) + cascade;
            case "PGProcedure" -> "DROP PROCEDURE " + routine(told, true) + cascade;
            case "PGTrigger" -> "DROP TRIGGER " + quoted(told.text("signature")) + " ON " + told.text("on_entity")
                    + cascade;
            case "PGPolicy" -> "DROP POLICY " + told.text("signature") + " ON " + told.text("on_entity") + cascade;
            case "PGExtension" -> "DROP EXTENSION " + quoted(told.text("signature")) + cascade;
            case "PGGrantTable" -> "";
            default -> throw new UnknownEffect(new UnknownOperation(Part.ENTITY_KIND));
        };
    }

    private static String named(NamedArguments told) throws UnknownEffect {
        return quoted(told.text("schema")) + "." + quoted(told.text("signature"));
    }

    /** @param dropped whether defaults of parameters are left out */
    private static String routine(NamedArguments told, boolean dropped) throws UnknownEffect {
        String signature = told.text("signature");
        int bracket = signature.indexOf('(');
        if (bracket < 0) {
            throw new UnknownEffect(new UnknownOperation(Part.ENTITY_PARAMETERS));
        }
        String parameters = signature.substring(bracket);
        if (dropped) {
            parameters = "(" + Arrays.stream(parameters.substring(1, parameters.lastIndexOf(')')).split(","))
                    .map(one -> one.replaceFirst("(?is)\\bdefault\\b.*", "").strip()).collect(Collectors.joining(", "))
                    + ")";
        }
        return quoted(told.text("schema")) + "." + quoted(signature.substring(0, bracket).strip()) + parameters;
    }

    private static String onTable(NamedArguments told) throws UnknownEffect {
        Matcher on = ON_TABLE.matcher(definition(told));
        if (!on.matches()) {
            throw new UnknownEffect(new UnknownOperation(Part.ENTITY_TABLE));
        }
        return on.group(1) + quoted(told.text("schema")) + "." + on.group(2) + on.group(3);
    }

    private static String definition(NamedArguments told) throws UnknownEffect {
        return told.text("definition").strip().replaceFirst(";\\s*$", "");
    }

    private static String quoted(String name) {
        return '"' + name.strip().replace("\"", "") + '"';
    }
}
