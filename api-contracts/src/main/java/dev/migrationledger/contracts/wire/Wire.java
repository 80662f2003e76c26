package dev.migrationledger.contracts.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.wire.WireException.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Contracts to JSON and back. Unknown fields are passed over, so that an older reader understands a newer writer; an event
 * type it does not know is an error, because passing over a fact would lose it. Components that are not {@code @Nullable}
 * must be there.
 */
public final class Wire {

    private static final JsonMapper MAPPER = configure(JsonMapper.builder()).build();

    private Wire() {}

    /** Makes any other mapper read and write the contracts in the same form. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        EventCatalogue.all().forEach((name, type) -> builder.registerSubtypes(new NamedType(type, name)));
        return builder.annotationIntrospector(AnnotationIntrospector.pair(
                new ContractsIntrospector(), new JacksonAnnotationIntrospector()))
                .addMixIn(Event.class, TypeBesideItsFields.class)
                .addMixIn(AgentEvent.class, TypeBesideItsFields.class)
                .addMixIn(LedgerEvent.class, TypeBesideItsFields.class)
                .changeDefaultPropertyInclusion(was -> was.withValueInclusion(JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
    }

    public static byte[] write(Object contract) {
        return MAPPER.writeValueAsBytes(contract);
    }

    /** As {@link #write}, indented for people. */
    public static String pretty(Object contract) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(contract);
    }

    /**
     * Reads a contract.
     *
     * @throws WireException saying which field is wrong and how
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new WireException(Kind.INVALID_FIELD, null, "the JSON is null", null);
            }
            return value;
        } catch (JacksonException e) {
            throw explain(e);
        }
    }

    /** What a Jackson exception means in the words of these contracts. */
    public static WireException explain(JacksonException e) {
        String field = path(e);
        String at = field == null ? "" : " at " + field;
        return switch (e) {
            case StreamReadException malformed ->
                new WireException(
                        Kind.MALFORMED,
                        null,
                        "not JSON at line %d, column %d: %s"
                                .formatted(
                                        malformed.getLocation().getLineNr(),
                                        malformed.getLocation().getColumnNr(),
                                        malformed.getOriginalMessage()),
                        e);
            case InvalidTypeIdException unknown when unknown.getTypeId() != null ->
                new WireException(
                        Kind.UNKNOWN_EVENT_TYPE,
                        field,
                        "unknown event type '%s'%s; its sender is newer than this reader, or no agent of this project"
                                .formatted(unknown.getTypeId(), at),
                        e);
            case DatabindException invalid ->
                new WireException(Kind.INVALID_FIELD, field, reason(invalid) + at, e);
            default -> new WireException(Kind.MALFORMED, field, e.getOriginalMessage() + at, e);
        };
    }

    /** The innermost reason: a record that refused its values says why better than the library around it. */
    private static String reason(DatabindException e) {
        return e.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null
                ? refused.getMessage()
                : e.getOriginalMessage();
    }

    private static @Nullable String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.isEmpty() ? null : path.toString();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface TypeBesideItsFields {}
}
