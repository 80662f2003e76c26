package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.environment.EventLog;
import dev.migrationledger.ledger.view.Milestones.Stretch;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Environments as they were at a moment, folded from their events; as they are now, from the kept views. */
public final class PastViews {

    private final EnvironmentViews views;
    private final Milestones milestones;
    private final EventLog log;

    PastViews(EnvironmentViews views, Milestones milestones, EventLog log) {
        this.views = views;
        this.milestones = milestones;
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

    /** Begins with the last milestone before which everything counts, and passes over stretches of which nothing does. */
    private EnvironmentView fold(String project, String environment, Moment moment) {
        long events = views.find(project, environment).orElseThrow().facts().events();
        List<Stretch> stretches = milestones.of(project, environment, events);
        long known = known(project, environment, events, stretches, moment);
        Instant at = moment.at() == null ? Instant.MAX : moment.at();
        List<Stretch> whole = stretches.stream()
                .takeWhile(stretch -> stretch.events() <= known && !stretch.occurredTo().isAfter(at)).toList();
        EnvironmentView view = milestones.view(project, environment, whole.isEmpty() ? 0 : whole.getLast().events());
        for (int i = whole.size(); i <= stretches.size(); i++) {
            if (i == stretches.size() || !stretches.get(i).occurredFrom().isAfter(at)) {
                long from = i * (long) milestones.each();
                long until = i == stretches.size() ? events : from + milestones.each();
                view = with(view, from, Math.min(known, until), moment);
            }
        }
        return view;
    }

    private EnvironmentView with(EnvironmentView view, long from, long until, Moment moment) {
        if (from >= until) {
            return view;
        }
        try (Stream<RecordedEvent> events = log.of(view.project(), view.environment(), from)) {
            return view.after(events.limit(until - from).filter(moment::includes));
        }
    }

    /** How many of an environment's events the ledger had then. */
    private long known(String project, String environment, long events, List<Stretch> stretches, Moment moment) {
        if (moment.knownAt() == null) {
            return events;
        }
        long until = events;
        for (int i = stretches.size(); i >= 0; i--) {
            long from = Math.min(i * (long) milestones.each(), until);
            boolean some = i == stretches.size() || !stretches.get(i).recordedFrom().isAfter(moment.knownAt());
            long known = some ? known(project, environment, from, until, moment) : 0;
            if (known > 0) {
                return from + known;
            }
            until = from;
        }
        return 0;
    }

    private long known(String project, String environment, long from, long until, Moment moment) {
        try (Stream<RecordedEvent> events = log.of(project, environment, from)) {
            return moment.known(events.limit(until - from));
        }
    }
}
