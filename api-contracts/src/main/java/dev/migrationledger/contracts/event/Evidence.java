package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.event.Clue.Fact;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an agent knows what it says.
 *
 * @param clues what it concluded from; empty where nothing else was needed
 * @param attribution who did it, how, and to what; absent where the method cannot know
 */
public record Evidence(
        Method method,
        Certainty certainty,
        List<Clue> clues,
        @Nullable Attribution attribution) {

    public Evidence {
        clues = List.copyOf(clues);
    }

    public Evidence(Method method, Certainty certainty, Fact fact) {
        this(method, certainty, List.of(new Clue.Known(fact)));
    }

    public Evidence(Method method, Certainty certainty, List<Clue> clues) {
        this(method, certainty, clues, null);
    }

    /** The same, less certain, with what leaves it in doubt. */
    public Evidence doubted(Clue clue) {
        return new Evidence(method, Certainty.PRESUMED, Stream.concat(clues.stream(), Stream.of(clue)).toList(),
                attribution);
    }

    /** How a change was observed. */
    public enum Method {
        /** The trigger on the version table. */
        TRIGGER,
        /** The server's event triggers, which name each object. */
        EVENT_TRIGGER,
        /** Catalog rows written by the transaction that wrote the version row. */
        XMIN,
        /** The schema before and after. */
        SCHEMA_DIFFERENCE,
        /** Two successive looks at the version table, and nothing else. */
        POLL
    }

    /** How far it can be relied on. */
    public enum Certainty {
        /** It cannot have been otherwise. */
        CERTAIN,
        /** The likeliest reading of what was seen; the clues leave something else possible. */
        PRESUMED
    }
}
