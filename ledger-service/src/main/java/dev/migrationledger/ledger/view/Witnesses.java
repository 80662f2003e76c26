package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.view.Facts.Witness;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was witnessed of each revision of an environment, in PostgreSQL: {@code ledger.environment_witness}, a row each. */
final class Witnesses {

    private final JdbcClient database;

    Witnesses(JdbcClient database) {
        this.database = database;
    }

    /**
     * Writes what has changed.
     *
     * @param before what the rows hold already
     */
    void write(EnvironmentView view, Map<String, Witness> before) {
        Map<String, String> changed = new TreeMap<>();
        Map<String, Witness> now = view.facts().witnessed();
        now.forEach((revision, witness) -> {
            if (!Objects.equals(witness, before.get(revision))) {
                changed.put(revision, text(witness));
            }
        });
        if (!changed.isEmpty()) {
            database.sql("""
                    insert into ledger.environment_witness (project, environment, revision, witness)
                    select ?, ?, revision, witness::json from unnest(?::text[], ?::text[]) as t (revision, witness)
                    on conflict (project, environment, revision) do update set witness = excluded.witness
                    """)
                    .params(view.project(), view.environment(), changed.keySet().toArray(String[]::new),
                            changed.values().toArray(String[]::new))
                    .update();
        }
        String[] gone = before.keySet().stream().filter(revision -> !now.containsKey(revision)).toArray(String[]::new);
        if (gone.length > 0) {
            database.sql("delete from ledger.environment_witness where project = ? and environment = ?"
                    + " and revision = any (?::text[])")
                    .params(view.project(), view.environment(), gone)
                    .update();
        }
    }

    Map<String, Witness> read(String project, String environment) {
        Map<String, Witness> witnesses = new TreeMap<>();
        kept(project, environment).forEach((revision, json) -> witnesses.put(
                revision, ContractJson.read(KeptView.bytes(json), Witness.class)));
        return witnesses;
    }

    /** By revision, as its row holds it. */
    Map<String, String> kept(String project, String environment) {
        Map<String, String> kept = new TreeMap<>();
        database.sql("select revision, witness from ledger.environment_witness where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    kept.put(row.getString(1), row.getString(2));
                });
        return kept;
    }

    /** As rows hold all that was witnessed. */
    static Map<String, String> of(EnvironmentView view) {
        Map<String, String> kept = new TreeMap<>();
        view.facts().witnessed().forEach((revision, witness) -> kept.put(revision, text(witness)));
        return kept;
    }

    private static String text(Witness witness) {
        return KeptView.text(ContractJson.write(witness));
    }
}
