package dev.migrationledger.agent.mcp.protocol;

import dev.migrationledger.contracts.wire.ContractJson;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas of what tools are asked and answer. */
final class JsonSchemas {

    /** Deeper, a schema costs a model more than it says. */
    private static final int DEEPEST = 2;

    private JsonSchemas() {}

    /** What a tool may be asked. */
    static ObjectNode of(List<ToolParameter> parameters) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (ToolParameter parameter : parameters) {
            ObjectNode property = properties.putObject(parameter.name()).put("type", "string")
                    .put("description", parameter.description());
            if (!parameter.choices().isEmpty()) {
                ArrayNode choices = property.putArray("enum");
                parameter.choices().forEach(choices::add);
            }
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    /** What a tool answers: the record, and what was cut of it. */
    static ObjectNode of(Class<? extends Record> answer) {
        ObjectNode schema = ofRecord(answer, 0);
        ObjectNode cut = ((ObjectNode) schema.get("properties")).putObject(AnswerBounds.CUT);
        cut.put("type", "array").putObject("items").put("type", "string");
        return schema;
    }

    private static ObjectNode ofRecord(Class<?> record, int depth) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (RecordComponent component : record.getRecordComponents()) {
            properties.set(component.getName(), of(component.getGenericType(), depth + 1));
            if (!isNullable(component.getAnnotatedType())) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode of(Type type, int depth) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            if (Collection.class.isAssignableFrom(raw)) {
                ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "array");
                list.set("items", of(generic.getActualTypeArguments()[0], depth));
                return list;
            }
            if (Map.class.isAssignableFrom(raw)) {
                return object();
            }
        }
        return type instanceof Class<?> plain ? ofClass(plain, depth) : JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode ofClass(Class<?> type, int depth) {
        if (type == String.class || type == UUID.class) {
            return JsonNodeFactory.instance.objectNode().put("type", "string");
        }
        if (type == Instant.class) {
            return JsonNodeFactory.instance.objectNode().put("type", "string").put("format", "date-time");
        }
        if (type == boolean.class || type == Boolean.class) {
            return JsonNodeFactory.instance.objectNode().put("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return JsonNodeFactory.instance.objectNode().put("type", "integer");
        }
        if (type.isEnum()) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "string");
            ArrayNode names = schema.putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                names.add(written(constant));
            }
            // All codes of divergences would be a page.
            return names.size() > 12 ? JsonNodeFactory.instance.objectNode().put("type", "string") : schema;
        }
        return type.isRecord() && depth < DEEPEST ? ofRecord(type, depth) : JsonNodeFactory.instance.objectNode();
    }

    /** As an answer writes it. */
    private static String written(Object constant) {
        String json = new String(ContractJson.write(constant), StandardCharsets.UTF_8);
        return json.substring(1, json.length() - 1);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }
}
