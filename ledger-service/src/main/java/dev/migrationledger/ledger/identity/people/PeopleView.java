package dev.migrationledger.ledger.identity.people;

import dev.migrationledger.contracts.event.IdentityEvent.AboutPeople;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.OrganisationView;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@link People}, in the one row of {@code ledger.people}. It is read for each request that shows a token, so that a revoked one opens nothing. */
public final class PeopleView extends OrganisationView<AboutPeople, People> {

    private final JdbcClient database;

    public PeopleView(JdbcClient database) {
        super(AboutPeople.class, People.NONE);
        this.database = database;
    }

    @Override
    public String name() {
        return "people";
    }

    @Override
    public int form() {
        return 5;
    }

    @Override
    public People now() {
        return read().orElse(People.NONE);
    }

    @Override
    protected People evolve(People state, AboutPeople event, Instant recordedAt) {
        return state.evolve(event, recordedAt);
    }

    @Override
    public void write(People before, People after) {
        database.sql("insert into ledger.people (facts) values (?::json)"
                + " on conflict (only_row) do update set facts = excluded.facts")
                .param(StoredJson.write(after))
                .update();
    }

    @Override
    public boolean isStored(People state) {
        return read().filter(state::equals).isPresent();
    }

    @Override
    public void delete(StreamId.Organisation target) {
        database.sql("delete from ledger.people").update();
    }

    @Override
    public Set<StreamId.Organisation> stored() {
        return database.sql("select from ledger.people").query((_, _) -> new StreamId.Organisation()).set();
    }

    private Optional<People> read() {
        return database.sql("select facts from ledger.people").query(String.class).optional()
                .map(facts -> StoredJson.read(facts, People.class));
    }
}
