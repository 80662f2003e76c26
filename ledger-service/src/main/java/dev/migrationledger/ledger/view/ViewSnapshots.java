package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Snapshots of an environment's view after every 5,000 events, in the table {@code ledger.past_view}. {@link PastViewKeeper} writes them; a question
 * about the past that comes earlier writes those that are missing.
 */
final class ViewSnapshots {

    /** Reading so many events takes about a tenth of a second. An index of {@code ledger.event} has the same number. */
    private static final int EACH = 5_000;

    private static final Logger log = LoggerFactory.getLogger(ViewSnapshots.class);

    private final JdbcClient database;
    private final EventLog events;
    private final int each;

    ViewSnapshots(JdbcClient database, EventLog events) {
        this(database, events, EACH);
    }

    /** @param each how many events are between two of them */
    ViewSnapshots(JdbcClient database, EventLog events, int each) {
        this.database = database;
        this.events = events;
        this.each = each;
    }

    int each() {
        return each;
    }

    /**
     * What is known of the events up to one snapshot and since the one before.
     *
     * @param events how many there are up to here, from the first on
     * @param occurredFrom the earliest moment at which one of those since the snapshot before happened
     * @param occurredTo the latest
     * @param recordedFrom the earliest moment at which one of them was recorded
     */
    record Segment(long events, Instant occurredFrom, Instant occurredTo, Instant recordedFrom) {}

    private static final class Bounds {
        private Instant occurredFrom = Instant.MAX;
        private Instant occurredTo = Instant.MIN;
        private Instant recordedFrom = Instant.MAX;

        void add(RecordedEvent event) {
            Instant occurred = event.occurredAt().at();
            occurredFrom = occurred.isBefore(occurredFrom) ? occurred : occurredFrom;
            occurredTo = occurred.isAfter(occurredTo) ? occurred : occurredTo;
            recordedFrom = event.recordedAt().isBefore(recordedFrom) ? event.recordedAt() : recordedFrom;
        }
    }

    /** All of an environment with so many events, in order; those that are missing are made, unless the database takes none. */
    List<Segment> of(String project, String environment, long number) {
        List<Segment> made = stored(project, environment);
        if (number / each > made.size()) {
            try {
                make(project, environment, number / each, made);
            } catch (DataAccessException e) {
                // The question is answered without them.
                log.debug("No more past views of {}/{} are kept.", project, environment, e);
            }
        }
        return made;
    }

    /** Makes those that an environment with so many events lacks. */
    void make(String project, String environment, long number) {
        make(project, environment, number / each, stored(project, environment));
    }

    private List<Segment> stored(String project, String environment) {
        return new ArrayList<>(database.sql("select events, occurred_from, occurred_to, recorded_from"
                + " from ledger.past_view where project = ? and environment = ? order by events")
                .params(project, environment)
                .query((row, _) -> new Segment(row.getLong(1), row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3).toInstant(), row.getTimestamp(4).toInstant()))
                .list());
    }

    private void make(String project, String environment, long number, List<Segment> made) {
        long from = made.size() * (long) each;
        EnvironmentView view = view(project, environment, from);
        try (Stream<RecordedEvent> recorded = events.of(StreamId.of(project, environment), from)) {
            Iterator<RecordedEvent> rest = recorded.iterator();
            while (made.size() < number) {
                Bounds bounds = new Bounds();
                view = view.after(Stream.generate(rest::next).limit(each).peek(bounds::add));
                Segment segment = new Segment((made.size() + 1) * (long) each, bounds.occurredFrom,
                        bounds.occurredTo, bounds.recordedFrom);
                write(view, segment);
                made.add(segment);
            }
        }
    }

    private void write(EnvironmentView view, Segment segment) {
        Map<String, List<Revision>> scripts = new TreeMap<>();
        view.scripts().forEach((source, one) -> scripts.put(source, one.revisions()));
        database.sql("""
                insert into ledger.past_view
                    (project, environment, events, occurred_from, occurred_to, recorded_from, facts, scripts)
                values (?, ?, ?, ?, ?, ?, ?::json, ?::json)
                on conflict do nothing
                """)
                .params(view.project(), view.environment(), segment.events, Timestamp.from(segment.occurredFrom),
                        // A row holds microseconds; no event is later than it says.
                        Timestamp.from(segment.occurredTo.plusNanos(999).truncatedTo(ChronoUnit.MICROS)),
                        Timestamp.from(segment.recordedFrom), StoredView.text(ContractJson.write(view.facts())),
                        StoredView.text(ContractJson.write(new Sources(scripts))))
                .update();
    }

    /** @param events 0, or a number of events after which there is a snapshot */
    EnvironmentView view(String project, String environment, long events) {
        return events == 0
                ? EnvironmentView.empty(project, environment)
                : database
                        .sql("select facts, scripts from ledger.past_view where project = ? and environment = ? and events = ?")
                        .params(project, environment, events)
                        .query((row, _) -> new EnvironmentView(project, environment,
                                ContractJson.read(StoredView.bytes(row.getString(1)), EnvironmentFacts.class),
                                scripts(row.getString(2))))
                        .single();
    }

    private static NavigableMap<String, SourceScripts> scripts(String json) {
        TreeMap<String, SourceScripts> scripts = new TreeMap<>();
        ContractJson.read(StoredView.bytes(json), Sources.class).scripts
                .forEach((source, revisions) -> scripts.put(source, SourceScripts.of(revisions)));
        return scripts;
    }

    /** @param scripts by {@link EnvironmentFacts#key agent and source} */
    private record Sources(Map<String, List<Revision>> scripts) {}
}
