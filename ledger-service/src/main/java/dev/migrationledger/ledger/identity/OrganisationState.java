package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.IdentityEvent;
import dev.migrationledger.contracts.event.IdentityEvent.AboutAgents;
import dev.migrationledger.contracts.event.IdentityEvent.AboutPeople;
import dev.migrationledger.contracts.event.IdentityEvent.AboutPipelines;
import dev.migrationledger.ledger.identity.agents.Agents;
import dev.migrationledger.ledger.identity.people.People;
import dev.migrationledger.ledger.identity.pipelines.Pipelines;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.time.Instant;

/** What decisions about all projects need to know. A stream has one state: each capability has its part of it. */
record OrganisationState(People people, Agents agents, Pipelines pipelines) {

    static final StreamState<OrganisationState> DEFINITION = new StreamState<>() {
        @Override
        public Class<OrganisationState> type() {
            return OrganisationState.class;
        }

        @Override
        public int form() {
            return 6;
        }

        @Override
        public OrganisationState initial() {
            return new OrganisationState(People.NONE, Agents.NONE, Pipelines.NONE);
        }

        @Override
        public OrganisationState evolve(OrganisationState state, RecordedEvent event) {
            return event.event() instanceof IdentityEvent one ? state.after(one, event.recordedAt()) : state;
        }

        @Override
        public int weight(OrganisationState state) {
            return 1_000
                    + 500 * (state.people.tokens().size() + state.people.known().size()
                            + state.agents.codes().size() + state.agents.keys().size()
                            + state.pipelines.trusted().size());
        }
    };

    private OrganisationState after(IdentityEvent event, Instant recordedAt) {
        return switch (event) {
            case AboutPeople one -> new OrganisationState(people.evolve(one, recordedAt), agents, pipelines);
            case AboutAgents one -> new OrganisationState(people, agents.evolve(one, recordedAt), pipelines);
            case AboutPipelines one -> new OrganisationState(people, agents, pipelines.evolve(one, recordedAt));
        };
    }
}
