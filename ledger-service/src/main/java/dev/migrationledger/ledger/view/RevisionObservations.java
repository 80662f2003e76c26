package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.view.EnvironmentFacts.ObservedStatus;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The observed status of each revision of an environment, in PostgreSQL: {@code ledger.revision_observation}, a row each. */
final class RevisionObservations {

    private final JdbcClient database;

    RevisionObservations(JdbcClient database) {
        this.database = database;
    }

    /**
     * Writes what has changed.
     *
     * @param before what the rows hold already
     */
    void write(EnvironmentView view, Map<String, ObservedStatus> before) {
        Map<String, String> changed = new TreeMap<>();
        Map<String, ObservedStatus> now = view.facts().observedStatuses();
        now.forEach((revision, observed) -> {
            if (!Objects.equals(observed, before.get(revision))) {
                changed.put(revision, text(observed));
            }
        });
        if (!changed.isEmpty()) {
            database.sql(
                    """
                            insert into ledger.revision_observation (project, environment, revision, observation)
                            select ?, ?, revision, observation::json from unnest(?::text[], ?::text[]) as t (revision, observation)
                            on conflict (project, environment, revision) do update set observation = excluded.observation
                            """)
                    .params(view.project(), view.environment(), changed.keySet().toArray(String[]::new),
                            changed.values().toArray(String[]::new))
                    .update();
        }
        String[] removed = before.keySet().stream().filter(revision -> !now.containsKey(revision))
                .toArray(String[]::new);
        if (removed.length > 0) {
            database.sql("delete from ledger.revision_observation where project = ? and environment = ?"
                    + " and revision = any (?::text[])")
                    .params(view.project(), view.environment(), removed)
                    .update();
        }
    }

    Map<String, ObservedStatus> read(String project, String environment) {
        Map<String, ObservedStatus> observations = new TreeMap<>();
        stored(project, environment).forEach((revision, json) -> observations.put(
                revision, ContractJson.read(StoredView.bytes(json), ObservedStatus.class)));
        return observations;
    }

    /** By revision, as its row holds it. */
    Map<String, String> stored(String project, String environment) {
        Map<String, String> stored = new TreeMap<>();
        database.sql(
                "select revision, observation from ledger.revision_observation where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    stored.put(row.getString(1), row.getString(2));
                });
        return stored;
    }

    /** As rows hold all observed statuses. */
    static Map<String, String> of(EnvironmentView view) {
        Map<String, String> stored = new TreeMap<>();
        view.facts().observedStatuses().forEach((revision, observed) -> stored.put(revision, text(observed)));
        return stored;
    }

    private static String text(ObservedStatus observed) {
        return StoredView.text(ContractJson.write(observed));
    }
}
