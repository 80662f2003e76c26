package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.syntax.Source;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Modules that the scripts of one project import, each parsed once as long as its bytes stay the same. */
interface ModuleSources {

    /** For a file that stands alone. */
    ModuleSources NONE_KEPT = Source::of;

    /**
     * The source of a module.
     *
     * @param file as people name it
     */
    Source of(String file, byte[] bytes);

    /** All files that were asked for, as people name them, if they are kept. */
    default Set<String> files() {
        return Set.of();
    }

    /** Keeps all that it is asked for. Any number of threads at a time. */
    static ModuleSources keeping() {
        Map<String, Kept> kept = new ConcurrentHashMap<>();
        return new ModuleSources() {
            @Override
            public Source of(String file, byte[] bytes) {
                Kept last = kept.get(file);
                if (last != null && Arrays.equals(last.bytes(), bytes)) {
                    return last.source();
                }
                Source source = Source.keeping(file, bytes);
                kept.put(file, new Kept(bytes, source));
                return source;
            }

            @Override
            public Set<String> files() {
                return Set.copyOf(kept.keySet());
            }
        };
    }

    /** What was read last of a file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Kept(byte[] bytes, Source source) {}
}
