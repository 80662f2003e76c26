package dev.migrationledger.ledger.openapi;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.wire.ContractJson;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Schemas of the contracts from the records themselves: required unless nullable, enums as they are written. */
final class ContractSchemas implements ModelConverter {

    private static final String CONTRACTS = "dev.migrationledger.contracts.";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType asked, ModelConverterContext context, Iterator<ModelConverter> others) {
        Class<?> type = TypeFactory.rawClass(asked.getType());
        if (!type.getName().startsWith(CONTRACTS)) {
            return others.hasNext() ? others.next().resolve(asked, context, others) : null;
        }
        if (type.isEnum()) {
            return enumeration(type);
        }
        String name = name(type);
        if (!context.getDefinedModels().containsKey(name)) {
            Schema<?> schema = of("object");
            // Named before its parts are read: a part may lead back to it.
            context.defineModel(name, schema, asked, null);
            describe(type, schema, context);
        }
        return reference(name);
    }

    private static void describe(Class<?> type, Schema<?> schema, ModelConverterContext context) {
        if (type.isRecord()) {
            properties(type, schema, context);
        } else if (type.isSealed()) {
            oneOfItsEvents(type, schema, context);
        }
    }

    private static void properties(Class<?> type, Schema<?> schema, ModelConverterContext context) {
        if (Event.class.isAssignableFrom(type)) {
            String name = EventCatalogue.nameOf(type.asSubclass(Event.class));
            schema.addProperty("type", strings(Stream.of(name)));
            schema.addRequiredItem("type");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            schema.addProperty(component.getName(), part(component.getGenericType(), context));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                schema.addRequiredItem(component.getName());
            }
        }
    }

    /** Contracts hold lists and maps by name; the library would lose what is in them. */
    private static Schema<?> part(Type type, ModelConverterContext context) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return of("array").items(part(generic.getActualTypeArguments()[0], context));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return of("object").additionalProperties(part(generic.getActualTypeArguments()[1], context));
        }
        return context.resolve(new AnnotatedType(type));
    }

    private static void oneOfItsEvents(Class<?> family, Schema<?> schema, ModelConverterContext context) {
        Discriminator type = new Discriminator().propertyName("type");
        EventCatalogue.all().forEach((name, event) -> {
            if (family.isAssignableFrom(event)) {
                schema.addOneOfItem(context.resolve(new AnnotatedType(event)));
                type.mapping(name, Components.COMPONENTS_SCHEMAS_REF + name(event));
            }
        });
        schema.setDiscriminator(type);
    }

    private static Schema<?> enumeration(Class<?> type) {
        return strings(Arrays.stream(type.getEnumConstants()).map(ContractSchemas::written));
    }

    private static String written(Object constant) {
        String json = new String(ContractJson.write(constant), StandardCharsets.UTF_8);
        return json.substring(1, json.length() - 1);
    }

    private static Schema<?> strings(Stream<String> values) {
        Schema<Object> schema = new Schema<>();
        schema.setEnum(List.copyOf(values.toList()));
        return typed(schema, "string");
    }

    private static Schema<?> of(String type) {
        return typed(new Schema<>(), type);
    }

    /** OpenAPI 3.0 reads the one, 3.1 the other. */
    private static Schema<?> typed(Schema<?> schema, String type) {
        schema.setType(type);
        schema.setTypes(Set.of(type));
        return schema;
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + name);
    }

    /** {@code ComparisonSide} for a part of {@code Comparison}; an event has its own name alone. */
    static String name(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return around == null || around.isSealed() ? type.getSimpleName() : name(around) + type.getSimpleName();
    }

    /** Every schema that a contract needs, by name. */
    @SuppressWarnings("rawtypes") // the library's own
    static Map<String, Schema> all(Class<?> contract) {
        return ModelConverters.getInstance(true).readAll(contract);
    }
}
