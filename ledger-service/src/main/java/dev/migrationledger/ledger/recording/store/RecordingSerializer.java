package dev.migrationledger.ledger.recording.store;

import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * What the event store holds, as JSON: events under their names in the catalogue, never under class names, so that classes can be renamed;
 * {@link EventHeader}s as metadata; the states of streams with their form. {@code agent.head-detected.v2} is type {@code
 * agent.head-detected}, revision {@code 2}: an {@link Upcaster} leads from one revision to the next.
 */
public final class RecordingSerializer implements Serializer {

    private static final String STATE = "state.";
    private static final String HEADER = MetaData.class.getName();
    private static final byte[] NOTHING = {'{', '}'};

    private final Serializer others;
    private final Map<String, StreamState<?>> states = new ConcurrentHashMap<>();

    /** @param others for what Axon itself may want to write */
    RecordingSerializer(Serializer others) {
        this.others = others;
    }

    /** From now on stored states of this kind are read. */
    public void add(StreamState<?> state) {
        states.put(name(state), state);
    }

    /** Whether a stored state is one that this ledger reads: of a kind that it knows, in the form of today. */
    boolean knows(SerializedType state) {
        StreamState<?> known = states.get(state.getName());
        return known != null && String.valueOf(known.form()).equals(state.getRevision());
    }

    private static String name(StreamState<?> state) {
        return STATE + state.type().getSimpleName();
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        return switch (object) {
            case Event event -> serialized(ContractJson.write(event), type(event), representation);
            case MetaData header -> serialized(header.isEmpty() ? NOTHING : ContractJson.write(EventHeader.of(header)),
                    new SimpleSerializedType(HEADER, null), representation);
            case null -> others.serialize(null, representation);
            case Object other -> states.values().stream()
                    .filter(state -> state.type().equals(other.getClass()))
                    .findFirst()
                    .map(state -> serialized(ContractJson.write(other),
                            new SimpleSerializedType(name(state), String.valueOf(state.form())), representation))
                    .orElseGet(() -> others.serialize(other, representation));
        };
    }

    private <T> SerializedObject<T> serialized(byte[] json, SerializedType type, Class<T> representation) {
        return new SimpleSerializedObject<>(getConverter().convert(json, representation), representation, type);
    }

    private static SerializedType type(Event event) {
        EventName name = EventName.of(event.getClass());
        return new SimpleSerializedType(name.type(), name.revision());
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        SerializedType type = serialized.getType();
        if (type.getName().equals(HEADER)) {
            byte[] json = json(serialized);
            return (T) (json.length <= NOTHING.length
                    ? MetaData.emptyInstance()
                    : ContractJson.read(json, EventHeader.class).metaData());
        }
        if (isEvent(type)) {
            return (T) ContractJson.readEvent(json(serialized), known(type).full());
        }
        StreamState<?> state = states.get(type.getName());
        return state != null ? (T) ContractJson.read(json(serialized), state.type()) : others.deserialize(serialized);
    }

    private byte[] json(SerializedObject<?> serialized) {
        return getConverter().convert(serialized.getData(), serialized.getContentType(), byte[].class);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        if (isEvent(type)) {
            return known(type).event();
        }
        StreamState<?> state = states.get(type.getName());
        return state != null ? state.type() : others.classForType(type);
    }

    /** By the families' prefixes and not by the catalogue, so that an event which this ledger does not know is noticed. */
    private static boolean isEvent(SerializedType type) {
        return type.getName().startsWith("agent.") || type.getName().startsWith("ledger.");
    }

    /** Leaving an unknown event out would make an environment's state wrong without a word. */
    private static EventName known(SerializedType type) {
        return EventName.stored(type.getName(), type.getRevision())
                .orElseThrow(() -> new IllegalStateException(
                        ("The event store holds an event of type %s, revision %s, which this ledger does not know."
                                + " Start the version of the ledger that recorded it, or a newer one.")
                                .formatted(type.getName(), type.getRevision())));
    }

    /** An event's name in the catalogue, in two parts. */
    private record EventName(String type, String revision, Class<? extends Event> event) {

        private static final String VERSION = ".v";

        private static final ClassValue<EventName> NAMES = new ClassValue<>() {
            @Override
            protected EventName computeValue(Class<?> event) {
                String full = EventCatalogue.nameOf(event.asSubclass(Event.class));
                int at = full.lastIndexOf(VERSION);
                return new EventName(full.substring(0, at), full.substring(at + VERSION.length()),
                        event.asSubclass(Event.class));
            }
        };

        static EventName of(Class<? extends Event> event) {
            return NAMES.get(event);
        }

        static Optional<EventName> stored(String type, @Nullable String revision) {
            return EventCatalogue.typeNamed(type + VERSION + revision).map(EventName::of);
        }

        String full() {
            return type + VERSION + revision;
        }
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return getConverter().canConvert(byte[].class, representation);
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public SerializedType typeForClass(@Nullable Class type) {
        return others.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return others.getConverter();
    }
}
