package dev.migrationledger.ledger.recording.view;

import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import java.nio.charset.StandardCharsets;

/** Contracts as columns of type JSON hold them. */
public final class StoredJson {

    private StoredJson() {}

    public static String write(Object facts) {
        return new String(ContractJson.write(facts), StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalStateException if it is something else
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (WireException e) {
            throw new IllegalStateException(
                    "the database holds a %s that this ledger did not write".formatted(type.getSimpleName()), e);
        }
    }
}
