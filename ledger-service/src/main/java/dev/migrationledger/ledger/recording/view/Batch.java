package dev.migrationledger.ledger.recording.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that change a view's state at once.
 *
 * @param events those that concern it, in the order in which they were recorded
 * @param derived what views before this one derived from the same events
 */
public record Batch(List<RecordedEvent> events, Derived derived) {

    public Batch {
        events = List.copyOf(events);
    }

    /** What one view derives from a batch and later ones need: they would have to work it out again. */
    public static final class Derived {
        private final List<Object> facts = new ArrayList<>();

        public void add(Object fact) {
            facts.add(fact);
        }

        /** All of a type, in the order in which they were added. */
        public <T> List<T> of(Class<T> type) {
            return facts.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }
}
