package dev.migrationledger.ledger.platform;

import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.wire.ContractJson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Hides in every answer what looks like a secret. Agents hide it before they send it; an older or another one may not. What is recorded stays as it
 * came: names and definitions are compared.
 */
final class RedactingSerializer extends StdSerializer<String> {

    private RedactingSerializer() {
        super(String.class);
    }

    static JacksonModule module() {
        return new SimpleModule("secrets-hidden").addSerializer(String.class, new RedactingSerializer());
    }

    @Override
    public void serialize(String text, JsonGenerator json, SerializationContext context) {
        // That of a label may say that its value is a secret.
        String name = json.streamWriteContext().inArray() ? null : json.streamWriteContext().currentName();
        String plain = ContractJson.storable(text);
        json.writeString(name == null ? Redaction.of(plain) : Redaction.of(name, plain));
    }
}
