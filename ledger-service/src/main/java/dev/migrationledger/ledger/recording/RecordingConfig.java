package dev.migrationledger.ledger.recording;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.EventHeader;
import dev.migrationledger.ledger.recording.store.RecordingSerializer;
import dev.migrationledger.ledger.recording.view.ViewWriter;
import dev.migrationledger.ledger.tracing.LedgerTraces;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.context.annotation.Bean;

@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class RecordingConfig {

    /**
     * Records, and lets views and automations know. Axon calls its subscribers with all events of a transaction at once, after they were
     * appended and before the commit. An event processor would hand them over one by one, and a view would be written for each.
     */
    @Bean
    Recorder recorder(
            Configuration axon, CommandGateway commands, EventStore store, RecordingSerializer serializer,
            ViewWriter views, Automations automations, MeterRegistry meters, LedgerTraces traces) {
        RecordedCounters counters = new RecordedCounters(meters);
        store.subscribe(messages -> {
            List<RecordedEvent> events = EventHeader.recorded(messages);
            traces.views(events.size(), () -> views.accept(events));
            CurrentUnitOfWork.get().afterCommit(_ -> {
                counters.recorded(events);
                automations.wakeUp();
            });
        });
        return new Recorder(axon.commandBus(), commands, new StreamRepositories(store, serializer));
    }
}
