package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.schema.SchemaView.Reported;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A view as its rows hold it. The same view gives the same text, on every machine and however its events were batched.
 *
 * @param facts JSON of {@link Index}
 * @param parts by the digest of their content, their JSON
 */
record StoredSchemaView(String facts, Map<String, String> parts) {

    /** Where each part is. */
    record Index(long events, NavigableMap<String, Entry> schemas, NavigableMap<String, Entry> files) {
        Index {
            schemas = Collections.unmodifiableNavigableMap(new TreeMap<>(schemas));
            files = Collections.unmodifiableNavigableMap(new TreeMap<>(files));
        }

        static Index read(String facts) {
            return ContractJson.read(facts.getBytes(StandardCharsets.UTF_8), Index.class);
        }
    }

    /** @param digest of the part */
    record Entry(long order, Instant at, String digest) {}

    static StoredSchemaView of(SchemaView view) {
        Map<String, String> parts = new TreeMap<>();
        Index index = new Index(view.events(), store(view.schemas(), parts), store(view.files(), parts));
        return new StoredSchemaView(text(index), parts);
    }

    private static <T extends SchemaViewPart> NavigableMap<String, Entry> store(
            Map<String, Reported<T>> all, Map<String, String> parts) {
        NavigableMap<String, Entry> entries = new TreeMap<>();
        all.forEach((key, reported) -> {
            String json = text(reported.value());
            String digest = Sha256.hex(json);
            parts.put(digest, json);
            entries.put(key, new Entry(reported.order(), reported.at(), digest));
        });
        return entries;
    }

    private static String text(Object contract) {
        return new String(ContractJson.write(contract), StandardCharsets.UTF_8);
    }
}
