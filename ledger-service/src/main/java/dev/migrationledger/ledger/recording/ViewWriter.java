package dev.migrationledger.ledger.recording;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;

/**
 * Leads views through events. Axon calls its subscribers with all events of a transaction at once, after they were appended and before the
 * commit. An event processor would hand them over one by one, and a view would be written for each.
 */
final class ViewWriter {

    private final List<View<?>> views;

    ViewWriter(List<? extends View<?>> views) {
        this.views = List.copyOf(views);
    }

    List<View<?>> views() {
        return views;
    }

    /** One state before and after a batch. */
    interface Change {
        <S> void changed(View<S> view, StreamId target, S before, S after);
    }

    /** Where a state is before a batch. */
    interface Source {
        <S> S before(View<S> view, StreamId target, List<RecordedEvent> events);
    }

    private static final Source STORED = new Source() {
        @Override
        public <S> S before(View<S> view, StreamId target, List<RecordedEvent> events) {
            return view.load(target, events);
        }
    };

    private static final Change WRITE = new Change() {
        @Override
        public <S> void changed(View<S> view, StreamId target, S before, S after) {
            view.write(before, after);
        }
    };

    static List<RecordedEvent> events(List<? extends EventMessage<?>> messages) {
        return messages.stream()
                .filter(message -> message.getPayload() instanceof Event)
                .map(EventHeader::recorded)
                .toList();
    }

    /** In the transaction that records these. */
    void accept(List<RecordedEvent> events) {
        events.stream()
                .collect(Collectors.groupingBy(StreamId::of, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(stream -> lead(stream, STORED, WRITE));
    }

    /** @param events of one stream */
    void lead(List<RecordedEvent> events, Source source, Change change) {
        Batch.Facts facts = new Batch.Facts();
        views.forEach(view -> lead(view, events, facts, source, change));
    }

    private static <S> void lead(
            View<S> view, List<RecordedEvent> events, Batch.Facts facts, Source source, Change change) {
        Map<StreamId, List<RecordedEvent>> targets = new LinkedHashMap<>();
        events.forEach(event -> view.target(event)
                .ifPresent(target -> targets.computeIfAbsent(target, _ -> new ArrayList<>()).add(event)));
        targets.forEach((target, some) -> {
            S before = source.before(view, target, some);
            change.changed(view, target, before, view.evolve(before, new Batch(target, some, facts)));
        });
    }
}
