package dev.migrationledger.ledger.view;

import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores views of the past as soon as there are enough events: the first question about the past waits for none of them. */
final class PastViewKeeper implements Automation<StreamId.Environment> {

    private final JdbcClient database;
    private final EnvironmentViews views;
    private final ViewSnapshots snapshots;

    PastViewKeeper(JdbcClient database, EnvironmentViews views, ViewSnapshots snapshots) {
        this.database = database;
        this.views = views;
        this.snapshots = snapshots;
    }

    @Override
    public String name() {
        return "keep-past-views";
    }

    @Override
    public Set<StreamId.Environment> due() {
        List<String> streams = database
                .sql("""
                        select distinct stream from ledger.event as event
                        where sequence_number %% %d = %d and stream ~ '^[^/]+/[^/]+$'
                            and not exists (select from ledger.past_view where project = split_part(stream, '/', 1)
                                and environment = split_part(stream, '/', 2) and events = sequence_number + 1)
                        limit 100""".formatted(snapshots.each(), snapshots.each() - 1))
                .query((row, _) -> row.getString(1)).list();
        Set<StreamId.Environment> due = new LinkedHashSet<>();
        streams.forEach(key -> {
            if (StreamId.parse(key) instanceof StreamId.Environment environment) {
                due.add(environment);
            }
        });
        return due;
    }

    @Override
    public void run(StreamId.Environment target) {
        views.find(target.project(), target.environment())
                .ifPresent(view -> snapshots.make(target.project(), target.environment(), view.facts().events()));
    }
}
