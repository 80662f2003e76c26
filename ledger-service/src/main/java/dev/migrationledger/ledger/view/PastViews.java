package dev.migrationledger.ledger.view;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.view.ViewSnapshots.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Environments as they were at a moment, folded from their events; as they are now, from the kept views. */
public final class PastViews {

    /** Of revisions in all views in memory. */
    private static final int REMEMBERED_REVISIONS = 50_000;

    /** As long as someone reads on at one moment. Content that is withdrawn meanwhile must not be shown for longer. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final EnvironmentViews views;
    private final ViewSnapshots snapshots;
    private final EventLog log;

    private final Cache<Asked, EnvironmentView> folded = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_REVISIONS)
            .<Asked, EnvironmentView>weigher((_, view) -> weight(view))
            .expireAfterWrite(REMEMBERED)
            .executor(Runnable::run)
            .build();

    PastViews(EnvironmentViews views, ViewSnapshots snapshots, EventLog log) {
        this.views = views;
        this.snapshots = snapshots;
        this.log = log;
    }

    /** Empty for an environment that was never heard of; a moment before its first event gives an empty view. */
    public Optional<EnvironmentView> find(String project, String environment, Moment moment) {
        return Optional.ofNullable(findAll(project, List.of(environment), moment).get(environment));
    }

    /** By name, those of a project's environments that exist. */
    public Map<String, EnvironmentView> findAll(String project, Collection<String> environments, Moment moment) {
        if (moment.equals(Moment.NOW)) {
            return views.findAll(project, environments);
        }
        Map<String, EnvironmentView> then = new LinkedHashMap<>();
        views.existing(project, environments).forEach(it -> then.put(it, fold(project, it, moment)));
        return then;
    }

    /** @param events that the environment has now: with one more, what was may be another */
    private record Asked(String project, String environment, Moment moment, long events) {}

    private static int weight(EnvironmentView view) {
        return 100 + view.facts().observedStatuses().size()
                + view.scripts().values().stream().mapToInt(scripts -> scripts.revisions().size()).sum();
    }

    private EnvironmentView fold(String project, String environment, Moment moment) {
        long events = views.find(project, environment).orElseThrow().facts().events();
        Asked asked = new Asked(project, environment, moment, events);
        EnvironmentView before = folded.getIfPresent(asked);
        if (before != null) {
            return before;
        }
        // Not within the cache: others would wait for the database.
        EnvironmentView view = fold(project, environment, moment, events);
        folded.put(asked, view);
        return view;
    }

    /** Starts at the latest snapshot whose events all belong to the moment, and skips segments without such events. */
    private EnvironmentView fold(String project, String environment, Moment moment, long events) {
        List<Segment> segments = snapshots.of(project, environment, events);
        long known = known(project, environment, events, segments, moment);
        Instant at = moment.at() == null ? Instant.MAX : moment.at();
        List<Segment> whole = segments.stream()
                .takeWhile(segment -> segment.events() <= known && !segment.occurredTo().isAfter(at)).toList();
        EnvironmentView view = snapshots.view(project, environment, whole.isEmpty() ? 0 : whole.getLast().events());
        for (int i = whole.size(); i <= segments.size(); i++) {
            if (i == segments.size() || !segments.get(i).occurredFrom().isAfter(at)) {
                long from = i * (long) snapshots.each();
                long until = i == segments.size() ? events : from + snapshots.each();
                view = with(view, from, Math.min(known, until), moment);
            }
        }
        return view;
    }

    private EnvironmentView with(EnvironmentView view, long from, long until, Moment moment) {
        if (from >= until) {
            return view;
        }
        try (Stream<RecordedEvent> events = log.of(StreamId.of(view.project(), view.environment()), from)) {
            return view.after(events.limit(until - from).filter(moment::includes));
        }
    }

    /** How many of an environment's events the ledger had then. */
    private long known(String project, String environment, long events, List<Segment> segments, Moment moment) {
        if (moment.knownAt() == null) {
            return events;
        }
        long until = events;
        for (int i = segments.size(); i >= 0; i--) {
            long from = Math.min(i * (long) snapshots.each(), until);
            boolean some = i == segments.size() || !segments.get(i).recordedFrom().isAfter(moment.knownAt());
            long known = some ? known(project, environment, from, until, moment) : 0;
            if (known > 0) {
                return from + known;
            }
            until = from;
        }
        return 0;
    }

    private long known(String project, String environment, long from, long until, Moment moment) {
        try (Stream<RecordedEvent> events = log.of(StreamId.of(project, environment), from)) {
            return moment.known(events.limit(until - from));
        }
    }
}
