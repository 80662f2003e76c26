package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.ledger.view.Facts.Witness;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was read or written lately, under the digest of its content: it can be forgotten at any time and can never be stale.
 * Environments with the same scripts share them. Bounded by a share of the heap, however many environments there are.
 */
final class ViewMemory {

    /** Objects take about this many bytes for each byte of their JSON; a graph doubles what scripts take. */
    private static final int FACTS_PER_BYTE = 3;

    private static final int SCRIPTS_PER_BYTE = 6;

    /** JSON of what was witnessed of a revision, without the statement. */
    private static final int WITNESS = 400;

    private final Cache<String, HeldFacts> facts;
    private final Cache<String, HeldScripts> scripts;

    /** @param heap how many bytes there are for everything */
    ViewMemory(long heap) {
        facts = bounded(heap / 8, HeldFacts::weight);
        scripts = bounded(heap / 5, HeldScripts::weight);
    }

    private static <V> Cache<String, V> bounded(long bytes, java.util.function.ToIntFunction<V> weight) {
        return Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<String, V>weigher((digest, value) -> weight.applyAsInt(value))
                .executor(Runnable::run)
                .build();
    }

    /** @param scripts by agent and source, the digest of what it has */
    private record HeldFacts(Facts facts, NavigableMap<String, String> scripts, int weight) {}

    private record HeldScripts(Scripts scripts, int weight) {}

    /** The view with this digest, if all of it is here. */
    Optional<EnvironmentView> view(String project, String environment, String digest) {
        HeldFacts held = facts.getIfPresent(digest);
        if (held == null) {
            return Optional.empty();
        }
        NavigableMap<String, Scripts> bySource = new TreeMap<>();
        for (var entry : held.scripts.entrySet()) {
            HeldScripts one = scripts.getIfPresent(entry.getValue());
            if (one == null) {
                return Optional.empty();
            }
            bySource.put(entry.getKey(), one.scripts);
        }
        return Optional.of(new EnvironmentView(project, environment, held.facts, bySource));
    }

    Optional<Scripts> scripts(String digest) {
        return Optional.ofNullable(scripts.getIfPresent(digest)).map(HeldScripts::scripts);
    }

    void hold(KeptView kept, EnvironmentView view) {
        NavigableMap<String, String> digests = new TreeMap<>();
        view.scripts().forEach((source, some) -> digests.put(source, some.digest()));
        int length = kept.facts().length()
                + view.facts().witnessed().values().stream().mapToInt(ViewMemory::length).sum();
        facts.put(kept.digest(), new HeldFacts(view.facts(), digests, weight(length, FACTS_PER_BYTE)));
    }

    /** About that of its JSON. */
    private static int length(Witness witness) {
        Evidence evidence = witness.standing().evidence();
        Attribution by = evidence == null ? null : evidence.attribution();
        return WITNESS + (by == null || by.statement() == null ? 0 : by.statement().length());
    }

    /** What came before another view of the same environment, which nobody asks for any more. */
    void forget(String digest) {
        facts.invalidate(digest);
    }

    /** @param length of their JSON */
    void hold(Scripts some, int length) {
        scripts.put(some.digest(), new HeldScripts(some, weight(length, SCRIPTS_PER_BYTE)));
    }

    private static int weight(int length, int perByte) {
        return (int) Math.min(Integer.MAX_VALUE, 200 + (long) length * perByte);
    }
}
