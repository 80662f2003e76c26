package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.environment.EventLog;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Environments as they were at a moment, folded from their events; as they are now, from the kept views. */
public final class PastViews {

    private final EnvironmentViews views;
    private final EventLog log;

    PastViews(EnvironmentViews views, EventLog log) {
        this.views = views;
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

    private EnvironmentView fold(String project, String environment, Moment moment) {
        long known = moment.knownAt() == null ? Long.MAX_VALUE : known(project, environment, moment);
        try (Stream<RecordedEvent> events = log.of(project, environment)) {
            return EnvironmentView.empty(project, environment)
                    .after(events.limit(known).filter(moment::includes));
        }
    }

    private long known(String project, String environment, Moment moment) {
        try (Stream<RecordedEvent> events = log.of(project, environment)) {
            return moment.known(events);
        }
    }
}
