package dev.migrationledger.contracts.wire;

import dev.migrationledger.contracts.envelope.InvalidField;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.wire.WireException.Kind;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.jsontype.TypeIdResolver;

/**
 * Everything a JSON reader can object to, in the words of these contracts. As a handler it describes a value while the reader
 * still stands at it; {@link #explain} finds the words for what comes out in the end.
 */
final class JsonErrors extends DeserializationProblemHandler {

    private static final Pattern LIMIT = Pattern.compile("(.*?) exceeds the maximum allowed \\((\\d+).*",
            Pattern.DOTALL);
    private static final Pattern TWICE = Pattern.compile("Duplicate Object property \"(.*)\".*", Pattern.DOTALL);

    @Override
    public Object handleUnexpectedToken(
            DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String message) {
        throw InvalidValueException.of(parser, type.getRawClass());
    }

    @Override
    public Object handleMissingInstantiator(
            DeserializationContext context, Class<?> type, ValueInstantiator how, JsonParser parser, String message) {
        throw InvalidValueException.of(parser, type);
    }

    @Override
    public Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, String message) {
        throw InvalidValueException.of(context.getParser(), type);
    }

    @Override
    public Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> type, Number value, String message) {
        throw InvalidValueException.of(context.getParser(), type);
    }

    @Override
    public JavaType handleMissingTypeId(
            DeserializationContext context, JavaType type, TypeIdResolver ids, String message) {
        JsonParser parser = context.getParser();
        if (parser.currentToken() != null && parser.currentToken().isScalarValue()) {
            throw InvalidValueException.of(parser, Event.class);
        }
        if (!Event.class.isAssignableFrom(type.getRawClass())) {
            throw new InvalidValueException(parser, "has no type");
        }
        throw new InvalidValueException(parser,
                "has no type; use one of the event catalogue, such as agent.revision-applied.v1");
    }

    static WireException explain(JacksonException e) {
        String field = path(e);
        return switch (e) {
            case StreamConstraintsException limit -> invalid(field, limit(limit), e);
            case InputCoercionException number ->
                invalid(field, "must be " + InvalidValueException.wanted(number.getTargetType()), e);
            case StreamReadException malformed -> malformed(field, malformed);
            case InvalidTypeIdException unknown when unknown.getTypeId() != null
                    && !Event.class.isAssignableFrom(unknown.getBaseType().getRawClass()) ->
                invalid(field, "is an unknown '%s'; upgrade this reader if the sender is newer"
                        .formatted(InvalidValueException.quoted(unknown.getTypeId())), e);
            case InvalidTypeIdException unknown when unknown.getTypeId() != null ->
                new WireException(Kind.UNKNOWN_EVENT_TYPE, field, unknownType(unknown.getTypeId(), field), e);
            case InvalidNullException _ -> invalid(field, "must not be null", e);
            case InvalidValueException refusal -> invalid(field, refusal.getOriginalMessage(), e);
            case MismatchedInputException mismatch -> invalid(field, mismatch(mismatch), e);
            case DatabindException databind when databind.getCause() instanceof InvalidField refused ->
                new WireException(Kind.INVALID_FIELD, inside(field, refused.field()),
                        Objects.toString(refused.getMessage()), e);
            case DatabindException databind when databind.getCause() instanceof IllegalArgumentException refused ->
                new WireException(
                        Kind.INVALID_FIELD, field, refused.getMessage() + (field == null ? "" : " at " + field), e);
            default -> invalid(field, "cannot be read", e);
        };
    }

    private static WireException invalid(@Nullable String field, String reason, JacksonException e) {
        return new WireException(Kind.INVALID_FIELD, field, (field == null ? "the JSON" : field) + " " + reason, e);
    }

    private static String inside(@Nullable String field, String name) {
        return field == null ? name : field + "." + name;
    }

    private static String limit(StreamConstraintsException e) {
        Matcher limit = LIMIT.matcher(e.getOriginalMessage());
        return limit.matches()
                ? "exceeds a limit: %s is more than the %s allowed".formatted(limit.group(1), limit.group(2))
                : "exceeds a limit: it is nested too deeply, or a value is too long";
    }

    private static WireException malformed(@Nullable String field, StreamReadException e) {
        Matcher twice = TWICE.matcher(e.getOriginalMessage());
        if (twice.matches()) {
            return invalid(inside(field, InvalidValueException.quoted(twice.group(1))), "is given twice", e);
        }
        // After the colon Jackson explains which Java setting would allow it.
        String reason = e instanceof UnexpectedEndOfInputException
                ? "it ends early"
                : e.getOriginalMessage().replaceFirst("(?s)(: |`).*", "");
        return new WireException(
                Kind.MALFORMED,
                null,
                "not JSON at line %d, column %d: %s"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr(), reason),
                e);
    }

    private static String unknownType(String type, @Nullable String field) {
        String at = field == null ? "" : " at " + field;
        return EventCatalogue.typeNamed(type).isPresent()
                ? "unknown event type '%s'%s; only the ledger records it".formatted(type, at)
                : "unknown event type '%s'%s; upgrade this reader if the sender is a newer agent"
                        .formatted(InvalidValueException.quoted(type), at);
    }

    private static String mismatch(MismatchedInputException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Missing required creator property")) {
            return "is missing";
        } else if (message.startsWith("Trailing token")) {
            return "is followed by more; send one value";
        } else if (message.startsWith("No content")) {
            return "is empty";
        }
        return "must be " + InvalidValueException.wanted(e.getTargetType());
    }

    private static @Nullable String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(InvalidValueException.quoted(step.getPropertyName()));
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.isEmpty() ? null : path.toString();
    }
}
