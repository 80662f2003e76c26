package dev.migrationledger.ledger.identity.agents;

import dev.migrationledger.contracts.event.IdentityEvent.AboutAgents;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.OrganisationView;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@link Agents}, one row for each code and key: a key is read for each batch that it signs, so that a revoked one sends nothing. */
public final class AgentsView extends OrganisationView<AboutAgents, Agents> {

    private final JdbcClient database;

    public AgentsView(JdbcClient database) {
        super(AboutAgents.class, Agents.NONE);
        this.database = database;
    }

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public int form() {
        return 1;
    }

    /** The key with this id, whatever its status. */
    public Optional<Agents.Key> key(String id) {
        return database.sql("select facts from ledger.agent_key where key = ?").param(id).query(String.class)
                .optional().map(facts -> StoredJson.read(facts, Agents.Key.class));
    }

    /** All codes and keys. */
    @Override
    public Agents now() {
        NavigableMap<UUID, Agents.Code> codes = new TreeMap<>();
        NavigableMap<String, Agents.Key> keys = new TreeMap<>();
        database.sql("select facts from ledger.enrolment_code").query(String.class).list().stream()
                .map(facts -> StoredJson.read(facts, Agents.Code.class)).forEach(code -> codes.put(code.id(), code));
        database.sql("select facts from ledger.agent_key").query(String.class).list().stream()
                .map(facts -> StoredJson.read(facts, Agents.Key.class)).forEach(key -> keys.put(key.key(), key));
        return new Agents(codes, keys);
    }

    @Override
    protected Agents evolve(Agents state, AboutAgents event, Instant recordedAt) {
        return state.evolve(event, recordedAt);
    }

    @Override
    public void write(Agents before, Agents after) {
        before.codes().keySet().stream().filter(code -> !after.codes().containsKey(code))
                .forEach(code -> database.sql("delete from ledger.enrolment_code where code = ?").param(code).update());
        changed(before.codes(), after.codes()).forEach((id, code) -> database.sql(
                "insert into ledger.enrolment_code (code, facts) values (?, ?::json)"
                        + " on conflict (code) do update set facts = excluded.facts")
                .params(id, StoredJson.write(code)).update());
        changed(before.keys(), after.keys()).forEach((id, key) -> database.sql(
                "insert into ledger.agent_key (key, facts) values (?, ?::json)"
                        + " on conflict (key) do update set facts = excluded.facts")
                .params(id, StoredJson.write(key)).update());
    }

    private static <K, V> Map<K, V> changed(NavigableMap<K, V> before, NavigableMap<K, V> after) {
        NavigableMap<K, V> changed = new TreeMap<>(after);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return changed;
    }

    @Override
    public boolean isStored(Agents state) {
        return now().equals(state);
    }

    @Override
    public void delete(StreamId.Organisation target) {
        database.sql("delete from ledger.enrolment_code").update();
        database.sql("delete from ledger.agent_key").update();
    }

    @Override
    public Set<StreamId.Organisation> stored() {
        return database.sql("select from ledger.enrolment_code union all select from ledger.agent_key limit 1")
                .query((_, _) -> new StreamId.Organisation()).set();
    }
}
