package dev.migrationledger.ledger.recording.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares views with what their events add up to, and rebuilds those that differ. Safe while ledgers run: nobody records during a rebuild,
 * and everybody reads. A batch that is being recorded is waited for.
 */
public final class ViewRebuild {

    /** Events that are held in memory at once. */
    private static final int PAGE = 1_000;

    private static final StreamId ALL = new StreamId.Organisation();

    private final ViewWriter writer;
    private final ViewForms forms;
    private final EventLog log;
    private final JdbcClient database;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    ViewRebuild(
            ViewWriter writer, ViewForms forms, EventLog log, JdbcClient database,
            PlatformTransactionManager transactions) {
        this.writer = writer;
        this.forms = forms;
        this.log = log;
        this.database = database;
        // Each statement sees what was committed before it: with an older snapshot, batches that the lock waited for would be missing.
        writing = new TransactionTemplate(transactions);
        writing.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        // Events and views of one moment need no lock: a batch writes both or neither.
        reading = new TransactionTemplate(transactions);
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        reading.setReadOnly(true);
    }

    /**
     * What was found.
     *
     * @param environments how many there are
     * @param events that were read
     * @param differing {@code project/environment}, or project, of each state that was not what its events add up to
     */
    public record Outcome(int environments, long events, List<String> differing) {
        public Outcome {
            differing = List.copyOf(differing);
        }
    }

    /** Rebuilds what differs. */
    public Outcome rebuild() {
        return rebuild(() -> true).orElseThrow();
    }

    /**
     * As {@link #rebuild()}, in one transaction with a change of the events that comes before it.
     *
     * @param change says whether it has changed anything; empty is answered where it has not
     */
    public Optional<Outcome> rebuild(BooleanSupplier change) {
        return Objects.requireNonNull(writing.execute(_ -> {
            if (!change.getAsBoolean()) {
                return Optional.<Outcome>empty();
            }
            // Conflicts with recording, which inserts, and not with reading.
            database.sql("lock table ledger.event in exclusive mode").update();
            writer.views().forEach(View::beforeRebuild);
            Run run = new Run();
            run.compare();
            run.repair();
            forms.write();
            return Optional.of(run.outcome());
        }));
    }

    /** Only compares. */
    public Outcome check() {
        return Objects.requireNonNull(reading.execute(_ -> {
            Run run = new Run();
            run.compare();
            return run.outcome();
        }));
    }

    /** One state of a view. */
    private record StoredState<T extends StreamId>(View<T, ?> view, T target) {
        void delete() {
            view.delete(target);
        }
    }

    private final class Run {
        private final Set<View<?, ?>> otherForm = new HashSet<>(forms.differing().keySet());
        private final List<StreamId> streams = recorded();
        private final Set<StoredState<?>> differing = new LinkedHashSet<>();
        private long events;

        Outcome outcome() {
            return new Outcome(
                    (int) streams.stream().filter(StreamId.Environment.class::isInstance).count(), events,
                    differing.stream().map(state -> state.target.toString()).distinct().toList());
        }

        void compare() {
            Replay replay = new Replay();
            Set<StoredState<?>> seen = new HashSet<>();
            for (StreamId stream : streams) {
                replay.stream(stream, new ViewWriter.Change() {
                    @Override
                    public <T extends StreamId, S> void changed(View<T, S> view, T target, S before, S after) {
                        seen.add(new StoredState<>(view, target));
                    }
                });
                replay.ended(stream, this::compare);
            }
            replay.end(this::compare);
            events = replay.events;
            writer.views().forEach(view -> orphans(view, seen));
        }

        /** What is stored of targets that no event concerns. */
        private <T extends StreamId> void orphans(View<T, ?> view, Set<StoredState<?>> seen) {
            view.stored().stream()
                    .map(target -> new StoredState<>(view, target))
                    .filter(stored -> !seen.contains(stored))
                    .forEach(differing::add);
        }

        private <T extends StreamId, S> void compare(View<T, S> view, T target, S state) {
            // What is stored in another form is not read.
            if (otherForm.contains(view) || !view.isStored(state)) {
                differing.add(new StoredState<>(view, target));
            }
        }

        void repair() {
            differing.forEach(StoredState::delete);
            Set<StreamId> targets = differing.stream().map(StoredState::target).collect(Collectors.<StreamId>toSet());
            Replay replay = new Replay();
            for (StreamId stream : streams) {
                if (concerns(targets, stream)) {
                    replay.stream(stream, new ViewWriter.Change() {
                        @Override
                        public <T extends StreamId, S> void changed(View<T, S> view, T target, S before, S after) {
                            if (differing.contains(new StoredState<>(view, target))) {
                                view.write(before, after);
                            }
                        }
                    });
                }
                replay.ended(stream, IGNORE);
            }
        }

        /** Whether a stream's events are among those that a state which differs adds up. */
        private static boolean concerns(Set<StreamId> targets, StreamId stream) {
            String project = StreamId.project(stream);
            return targets.contains(stream) || targets.contains(ALL)
                    || (project != null && targets.contains(new StreamId.Project(project)));
        }
    }

    /** A state after all of its events. */
    private interface Ended {
        <T extends StreamId, S> void ended(View<T, S> view, T target, S state);
    }

    private static final Ended IGNORE = new Ended() {
        @Override
        public <T extends StreamId, S> void ended(View<T, S> view, T target, S state) {}
    };

    /** Leads states from their beginning through all events, stream by stream and project by project. */
    private final class Replay implements ViewWriter.Source {
        private final Map<StreamId, Map<View<?, ?>, Object>> states = new HashMap<>();
        private long events;

        @Override
        @SuppressWarnings("unchecked") // Each is kept under its view.
        public <T extends StreamId, S> S before(View<T, S> view, T target, List<RecordedEvent> following) {
            return (S) of(target).computeIfAbsent(view, _ -> Objects.requireNonNull(view.initial(target)));
        }

        private Map<View<?, ?>, Object> of(StreamId target) {
            return states.computeIfAbsent(target, _ -> new HashMap<>());
        }

        void stream(StreamId stream, ViewWriter.Change change) {
            try (Stream<RecordedEvent> recorded = log.of(stream)) {
                Iterator<RecordedEvent> rest = recorded.iterator();
                while (rest.hasNext()) {
                    List<RecordedEvent> page = new ArrayList<>();
                    while (rest.hasNext() && page.size() < PAGE) {
                        page.add(rest.next());
                    }
                    events += page.size();
                    writer.lead(page, this, new ViewWriter.Change() {
                        @Override
                        public <T extends StreamId, S> void changed(View<T, S> view, T target, S before, S after) {
                            of(target).put(view, Objects.requireNonNull(after));
                            change.changed(view, target, before, after);
                        }
                    });
                }
            }
        }

        /** A stream's own states are at their end; those of its project when the next stream is another project's. */
        void ended(StreamId stream, Ended ended) {
            if (stream instanceof StreamId.Environment || stream instanceof StreamId.Deploys) {
                end(stream, ended);
            }
            states.keySet().stream()
                    .filter(target -> target instanceof StreamId.Project(String project)
                            && !project.equals(StreamId.project(stream)))
                    .toList()
                    .forEach(target -> end(target, ended));
        }

        void end(Ended ended) {
            List.copyOf(states.keySet()).forEach(target -> end(target, ended));
        }

        private void end(StreamId target, Ended ended) {
            Map<View<?, ?>, Object> last = states.remove(target);
            if (last != null) {
                writer.views().forEach(view -> end(view, target, last.get(view), ended));
            }
        }

        @SuppressWarnings("unchecked") // Each is kept under its view.
        private <T extends StreamId, S> void end(
                View<T, S> view, StreamId target, @Nullable Object state, Ended ended) {
            if (state != null) {
                ended.ended(view, (T) target, (S) state);
            }
        }
    }

    /** By key, so that those of a project come one after the other. */
    private List<StreamId> recorded() {
        Map<String, StreamId> streams = new TreeMap<>();
        database.sql("select stream from ledger.event where sequence_number = 0")
                .query(row -> {
                    streams.put(row.getString(1), StreamId.parse(row.getString(1)));
                });
        return List.copyOf(streams.values());
    }
}
