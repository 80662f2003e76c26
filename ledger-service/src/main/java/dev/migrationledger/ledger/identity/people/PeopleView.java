package dev.migrationledger.ledger.identity.people;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.IdentityEvent.AboutPeople;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.View;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@link People}, in the one row of {@code ledger.people}. It is read for each request that shows a token, so that a revoked one opens nothing. */
public final class PeopleView implements View<StreamId.Organisation, People> {

    private final JdbcClient database;

    public PeopleView(JdbcClient database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "people";
    }

    @Override
    public int form() {
        return 4;
    }

    @Override
    public Optional<StreamId.Organisation> target(RecordedEvent event) {
        return event.event() instanceof AboutPeople ? Optional.of(new StreamId.Organisation()) : Optional.empty();
    }

    @Override
    public People initial(StreamId.Organisation target) {
        return People.NOBODY;
    }

    public People now() {
        return read().orElse(People.NOBODY);
    }

    @Override
    public People load(StreamId.Organisation target, List<RecordedEvent> events) {
        return now();
    }

    @Override
    public People evolve(People state, Batch batch) {
        People people = state;
        for (RecordedEvent event : batch.events()) {
            if (event.event() instanceof AboutPeople one) {
                people = people.evolve(one, event.recordedAt());
            }
        }
        return people;
    }

    @Override
    public void write(People before, People after) {
        database.sql("insert into ledger.people (facts) values (?::json)"
                + " on conflict (only_row) do update set facts = excluded.facts")
                .param(new String(ContractJson.write(after), StandardCharsets.UTF_8))
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
        return database.sql("select facts from ledger.people").query(String.class).optional().map(facts -> {
            try {
                return ContractJson.read(facts.getBytes(StandardCharsets.UTF_8), People.class);
            } catch (WireException e) {
                throw new IllegalStateException("ledger.people holds what this ledger did not write", e);
            }
        });
    }
}
