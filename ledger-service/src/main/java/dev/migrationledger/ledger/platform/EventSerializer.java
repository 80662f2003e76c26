package dev.migrationledger.ledger.platform;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.wire.ContractJson;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recorded event as JSON under the name of its event in the catalogue, never under a class name, so that classes
 * can be renamed for ever. Everything else (metadata) goes to another serializer.
 */
final class EventSerializer implements Serializer {

    private final Serializer others;

    EventSerializer(Serializer others) {
        this.others = others;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        if (!(object instanceof RecordedEvent recorded)) {
            return others.serialize(object, representation);
        }
        String name = EventCatalogue.nameOf(recorded.event().getClass());
        T content = getConverter().convert(ContractJson.write(recorded), representation);
        return new SimpleSerializedObject<>(content, representation, new SimpleSerializedType(name, null));
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        if (!isEvent(serialized.getType())) {
            return others.deserialize(serialized);
        }
        byte[] json = getConverter().convert(serialized.getData(), byte[].class);
        return (T) ContractJson.read(json, RecordedEvent.class);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        return isEvent(type) ? RecordedEvent.class : others.classForType(type);
    }

    /**
     * By the families' prefixes and not by the catalogue: an event that a newer ledger stored must fail to be read, for
     * an environment's state without it would be wrong.
     */
    private static boolean isEvent(SerializedType type) {
        return type.getName().startsWith("agent.") || type.getName().startsWith("ledger.");
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
