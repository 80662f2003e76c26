package dev.migrationledger.ledger.recording.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Leads views through events: through all of a transaction at once, because a view is written once for each batch.
 */
public final class ViewWriter {

    private final List<View<?, ?>> views;
    private final ViewForms forms;

    ViewWriter(List<? extends View<?, ?>> views, ViewForms forms) {
        this.views = List.copyOf(views);
        this.forms = forms;
    }

    List<View<?, ?>> views() {
        return views;
    }

    /** One state before and after a batch. */
    interface Change {
        <T extends StreamId, S> void changed(View<T, S> view, T target, S before, S after);
    }

    /** Where a state is before a batch. */
    interface Source {
        <T extends StreamId, S> S before(View<T, S> view, T target, List<RecordedEvent> events);
    }

    private static final Source STORED = new Source() {
        @Override
        public <T extends StreamId, S> S before(View<T, S> view, T target, List<RecordedEvent> events) {
            return view.load(target, events);
        }
    };

    private static final Change WRITE = new Change() {
        @Override
        public <T extends StreamId, S> void changed(View<T, S> view, T target, S before, S after) {
            view.write(before, after);
        }
    };

    /**
     * In the transaction that records these, after they were written.
     *
     * @throws OtherViewForms if another version of the ledger has rebuilt the views
     */
    public void accept(List<RecordedEvent> events) {
        forms.require();
        events.stream()
                .collect(Collectors.groupingBy(StreamId::of, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(stream -> lead(stream, STORED, WRITE));
    }

    /** @param events of one stream */
    void lead(List<RecordedEvent> events, Source source, Change change) {
        Batch.Derived derived = new Batch.Derived();
        views.forEach(view -> lead(view, events, derived, source, change));
    }

    private static <T extends StreamId, S> void lead(
            View<T, S> view, List<RecordedEvent> events, Batch.Derived derived, Source source, Change change) {
        Map<T, List<RecordedEvent>> targets = new LinkedHashMap<>();
        events.forEach(event -> view.target(event)
                .ifPresent(target -> targets.computeIfAbsent(target, _ -> new ArrayList<>()).add(event)));
        targets.forEach((target, some) -> {
            S before = source.before(view, target, some);
            change.changed(view, target, before, view.evolve(before, new Batch(some, derived)));
        });
    }
}
