package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.environment.EventLog;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes every view anew from the events. Safe while ledgers run: the table is locked against writers and not against
 * readers. A batch that has written its view already is waited for; one that has not waits, then reads the rebuilt row under
 * its lock and goes on from there.
 */
final class ViewRebuild {

    private final EnvironmentViews views;
    private final List<SideView> others;
    private final EventLog log;
    private final JdbcClient database;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    ViewRebuild(
            EnvironmentViews views, List<SideView> others, EventLog log, JdbcClient database,
            PlatformTransactionManager transactions) {
        this.views = views;
        this.others = List.copyOf(others);
        this.log = log;
        this.database = database;
        // Each statement sees what was committed before it: with an older snapshot, batches that the lock waited for would be
        // missing.
        writing = new TransactionTemplate(transactions);
        writing.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        // Events and views of one moment need no lock: a batch writes both or neither.
        reading = new TransactionTemplate(transactions);
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        reading.setReadOnly(true);
    }

    /**
     * @param environments how many there are
     * @param events that were read
     * @param differing {@code project/environment} of each whose kept view was not what its events make of it
     */
    record Outcome(int environments, long events, List<String> differing) {
        Outcome {
            differing = List.copyOf(differing);
        }
    }

    /** Writes anew what differs. */
    Outcome rebuild() {
        return rebuild(() -> true).orElseThrow();
    }

    /**
     * As {@link #rebuild()}, in one transaction with a change of the events that comes before it.
     *
     * @param change says whether it has changed anything; empty is answered where it has not
     */
    Optional<Outcome> rebuild(BooleanSupplier change) {
        return Objects.requireNonNull(writing.execute(_ -> {
            // Before the lock below: a batch that is under way has locked the events first, too.
            if (!change.getAsBoolean()) {
                return Optional.<Outcome>empty();
            }
            // Conflicts with the row locks of EnvironmentViews.apply, not with plain reading.
            database.sql("lock table ledger.environment_view in exclusive mode").update();
            return Optional.of(run(true));
        }));
    }

    /** Only compares. */
    Outcome check() {
        return Objects.requireNonNull(reading.execute(_ -> run(false)));
    }

    private Outcome run(boolean write) {
        Set<String> differing = new LinkedHashSet<>();
        if (write) {
            database.sql("delete from ledger.past_view").update();
        }
        long events = 0;
        Set<Name> names = new TreeSet<>(recorded());
        int environments = names.size();
        List<SideView.Anew> anew = others.stream().map(SideView::anew).toList();
        for (Name name : names) {
            anew.forEach(one -> one.begin(name.project(), name.environment()));
            EnvironmentView view = fold(name, anew);
            events += view.facts().events();
            if (differs(view)) {
                differing.add(name.toString());
                if (write) {
                    delete(name);
                    views.write(view, EnvironmentView.empty(name.project(), name.environment()));
                }
            }
            for (SideView.Anew one : anew) {
                if (one.differs()) {
                    differing.add(name.toString());
                    if (write) {
                        one.write();
                    }
                }
            }
        }
        for (Name name : strays(names)) {
            differing.add(name.toString());
            if (write) {
                delete(name);
            }
        }
        anew.forEach(one -> differing.addAll(one.strays(write)));
        return new Outcome(environments, events, List.copyOf(differing));
    }

    private EnvironmentView fold(Name name, List<SideView.Anew> anew) {
        try (Stream<RecordedEvent> events = log.of(name.project(), name.environment())) {
            return EnvironmentView.empty(name.project(), name.environment())
                    .after(events.peek(event -> anew.forEach(one -> one.add(event))),
                            scan -> anew.forEach(one -> one.scanned(scan)));
        }
    }

    private boolean differs(EnvironmentView view) {
        return !views.kept(view.project(), view.environment())
                .filter(KeptView.of(view)::equals)
                .isPresent()
                || !views.keptScripts(view.project(), view.environment()).equals(scripts(view))
                || !views.keptWitnesses(view.project(), view.environment()).equals(Witnesses.of(view));
    }

    private static Map<String, KeptScripts> scripts(EnvironmentView view) {
        Map<String, KeptScripts> kept = new TreeMap<>();
        view.scripts().forEach((source, scripts) -> kept.put(source, KeptScripts.of(scripts)));
        return kept;
    }

    private void delete(Name name) {
        for (String table : List.of("environment_view", "environment_scripts", "environment_witness")) {
            database.sql("delete from ledger." + table + " where project = ? and environment = ?")
                    .params(name.project(), name.environment())
                    .update();
        }
    }

    /** Views of environments that have no events. */
    private List<Name> strays(Set<Name> recorded) {
        return database.sql("select project, environment from ledger.environment_view"
                + " union select project, environment from ledger.environment_scripts"
                + " union select project, environment from ledger.environment_witness order by 1, 2")
                .query((row, _) -> new Name(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .filter(name -> !recorded.contains(name))
                .toList();
    }

    private List<Name> recorded() {
        return database.sql("select split_part(stream, '/', 1), split_part(stream, '/', 2) from ledger.event"
                + " where sequence_number = 0")
                .query((row, _) -> new Name(row.getString(1), row.getString(2)))
                .list();
    }

    private record Name(String project, String environment) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byProject = project.compareTo(other.project);
            return byProject != 0 ? byProject : environment.compareTo(other.environment);
        }

        @Override
        public String toString() {
            return project + "/" + environment;
        }
    }
}
