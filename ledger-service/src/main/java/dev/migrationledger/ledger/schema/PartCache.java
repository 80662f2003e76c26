package dev.migrationledger.ledger.schema;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.wire.ContractJson;
import java.nio.charset.StandardCharsets;

/**
 * Parts that were read or written lately, under the digest of their content: they can be forgotten at any time and can never be
 * stale. Environments with the same schema share one. Bounded by a share of the heap, however many environments there are.
 */
final class PartCache {

    /** Objects take about this many bytes for each byte of their JSON. */
    private static final int PER_BYTE = 3;

    private final Cache<String, Entry> parts;

    private record Entry(SchemaViewPart part, int weight) {}

    /** @param heap how many bytes there are for everything */
    PartCache(long heap) {
        parts = Caffeine.newBuilder()
                .maximumWeight(heap / 8)
                .<String, Entry>weigher((digest, held) -> held.weight)
                .executor(Runnable::run)
                .build();
    }

    /** What has this digest and this JSON, which is only asked for where it is not here. */
    <T extends SchemaViewPart> T part(String digest, Class<T> type, java.util.function.Supplier<String> json) {
        Entry held = parts.getIfPresent(digest);
        if (held != null && type.isInstance(held.part)) {
            return type.cast(held.part);
        }
        String text = json.get();
        T part = ContractJson.read(text.getBytes(StandardCharsets.UTF_8), type);
        put(digest, part, text.length());
        return part;
    }

    /** @param length of its JSON */
    void put(String digest, SchemaViewPart part, int length) {
        parts.put(digest, new Entry(part, (int) Math.min(Integer.MAX_VALUE, 200 + (long) length * PER_BYTE)));
    }
}
