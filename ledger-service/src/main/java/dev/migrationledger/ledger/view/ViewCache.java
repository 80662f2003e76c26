package dev.migrationledger.ledger.view;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.ledger.view.EnvironmentFacts.ObservedStatus;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was read or written lately, under the digest of its content: it can be forgotten at any time and can never be stale.
 * Environments with the same scripts share them. Bounded by a share of the heap, however many environments there are.
 */
final class ViewCache {

    /** Objects take about this many bytes for each byte of their JSON; a graph doubles what scripts take. */
    private static final int FACTS_PER_BYTE = 3;

    private static final int SCRIPTS_PER_BYTE = 6;

    /** JSON of what was observed of a revision, without the statement. */
    private static final int OBSERVATION = 400;

    private final Cache<String, CachedFacts> facts;
    private final Cache<String, CachedScripts> scripts;

    /** @param heap how many bytes there are for everything */
    ViewCache(long heap) {
        facts = bounded(heap / 8, CachedFacts::weight);
        scripts = bounded(heap / 5, CachedScripts::weight);
    }

    private static <V> Cache<String, V> bounded(long bytes, java.util.function.ToIntFunction<V> weight) {
        return Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<String, V>weigher((digest, value) -> weight.applyAsInt(value))
                .executor(Runnable::run)
                .build();
    }

    /** @param scripts by agent and source, the digest of what it has */
    private record CachedFacts(EnvironmentFacts facts, NavigableMap<String, String> scripts, int weight) {}

    private record CachedScripts(SourceScripts scripts, int weight) {}

    /** The view with this digest, if all of it is here. */
    Optional<EnvironmentView> view(String project, String environment, String digest) {
        CachedFacts cached = facts.getIfPresent(digest);
        if (cached == null) {
            return Optional.empty();
        }
        NavigableMap<String, SourceScripts> bySource = new TreeMap<>();
        for (var entry : cached.scripts.entrySet()) {
            CachedScripts one = scripts.getIfPresent(entry.getValue());
            if (one == null) {
                return Optional.empty();
            }
            bySource.put(entry.getKey(), one.scripts);
        }
        return Optional.of(new EnvironmentView(project, environment, cached.facts, bySource));
    }

    Optional<SourceScripts> scripts(String digest) {
        return Optional.ofNullable(scripts.getIfPresent(digest)).map(CachedScripts::scripts);
    }

    void put(StoredView stored, EnvironmentView view) {
        NavigableMap<String, String> digests = new TreeMap<>();
        view.scripts().forEach((source, some) -> digests.put(source, some.digest()));
        int length = stored.facts().length()
                + view.facts().observedStatuses().values().stream().mapToInt(ViewCache::length).sum();
        facts.put(stored.digest(), new CachedFacts(view.facts(), digests, weight(length, FACTS_PER_BYTE)));
    }

    /** About that of its JSON. */
    private static int length(ObservedStatus observed) {
        Evidence evidence = observed.status().evidence();
        Attribution by = evidence == null ? null : evidence.attribution();
        return OBSERVATION + (by == null || by.statement() == null ? 0 : by.statement().length());
    }

    /** What came before another view of the same environment, which nobody asks for any more. */
    void forget(String digest) {
        facts.invalidate(digest);
    }

    /**
     * Where they are here already, those stay: every view shares one graph, and what is worked out for it.
     *
     * @param length of their JSON
     */
    void put(SourceScripts some, int length) {
        scripts.asMap().putIfAbsent(some.digest(), new CachedScripts(some, weight(length, SCRIPTS_PER_BYTE)));
    }

    private static int weight(int length, int perByte) {
        return (int) Math.min(Integer.MAX_VALUE, 200 + (long) length * perByte);
    }
}
