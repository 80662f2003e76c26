package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingFound;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingRepaired;
import dev.migrationledger.contracts.event.EvidenceEvent;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known to be changed in the database.
 *
 * @param open in the order in which it was found
 */
record EvidenceState(List<Tampering> open) {

    EvidenceState {
        open = List.copyOf(open);
    }

    static final StreamState<EvidenceState> DEFINITION = new StreamState<>() {
        @Override
        public Class<EvidenceState> type() {
            return EvidenceState.class;
        }

        @Override
        public int form() {
            return 1;
        }

        @Override
        public EvidenceState initial() {
            return new EvidenceState(List.of());
        }

        @Override
        public EvidenceState evolve(EvidenceState state, RecordedEvent event) {
            return event.event() instanceof EvidenceEvent about ? state.after(about) : state;
        }

        @Override
        public int weight(EvidenceState state) {
            return 500 + 200 * state.open.size();
        }
    };

    private EvidenceState after(EvidenceEvent event) {
        List<Tampering> all = new ArrayList<>(open);
        switch (event) {
            case TamperingFound it -> all.add(it.tampering());
            case TamperingRepaired it -> all.remove(it.tampering());
        }
        return new EvidenceState(all);
    }
}
