package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.wire.ContractJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Agents that send all the time, as a real one does: one batch after the other, and the same one again until a ledger acknowledges it. */
final class AgentLoad implements AutoCloseable {

    private static final int BATCH = 3;
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** Far longer than ledgers need to take over from one another. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    /** A way from an agent to ledgers. */
    interface Way {

        /**
         * Sends a batch once.
         *
         * @return empty: an agent would try the same again
         * @throws AssertionError if an agent would do anything else but try again
         */
        Optional<Receipt> send(Agent agent, byte[] batch) throws Exception;
    }

    /** One agent of an environment. */
    record Agent(String project, String environment, String name) {

        /** The epoch of its spool. */
        UUID epoch() {
            return new UUID(project.hashCode(), environment.hashCode() * 31L + name.hashCode());
        }

        String stream() {
            return project + "/" + environment;
        }

        /** The batch that begins with a sequence. */
        byte[] batch(long first, List<? extends AgentEvent> events) {
            Instant now = Instant.now();
            List<AgentEnvelope> envelopes = new ArrayList<>();
            for (int i = 0; i < events.size(); i++) {
                envelopes.add(new AgentEnvelope(new UUID(epoch().getLeastSignificantBits(), first + i), project,
                        environment, name, epoch(), first + i, Occurrence.noLaterThan(now), now, events.get(i)));
            }
            return ContractJson.write(new EventBatch(envelopes));
        }
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> sending = new ArrayList<>();
    private final Map<Agent, Long> acknowledged = new ConcurrentHashMap<>();
    private volatile boolean ending;

    /** Has an agent send until the end. */
    void add(Agent agent, Way way) {
        sending.add(threads.submit(() -> {
            send(agent, way);
            return null;
        }));
    }

    private void send(Agent agent, Way way) throws Exception {
        for (long first = 1; !ending; first += BATCH) {
            long last = first + BATCH - 1;
            byte[] batch = agent.batch(first, LongStream.rangeClosed(first, last).mapToObj(AgentLoad::event).toList());
            assertThat(acknowledged(agent, way, batch).lastSequence()).as("acknowledged to %s", agent).isEqualTo(last);
            acknowledged.put(agent, last);
            Thread.sleep(PAUSE);
        }
    }

    private static AgentEvent event(long sequence) {
        return sequence == 1
                ? new AgentStarted("0.1.0", "alembic", "watch", Map.of())
                : new HeadDetected(List.of("r" + sequence), List.of("r" + sequence));
    }

    /** Sends a batch until it is acknowledged. */
    static Receipt acknowledged(Agent agent, Way way, byte[] batch) throws Exception {
        Instant end = Instant.now().plus(LONGEST);
        Optional<Receipt> receipt = way.send(agent, batch);
        while (receipt.isEmpty()) {
            assertThat(Instant.now()).as("no ledger acknowledges a batch of %s", agent).isBefore(end);
            Thread.sleep(PAUSE);
            receipt = way.send(agent, batch);
        }
        return receipt.get();
    }

    /** The last sequence of each agent that was acknowledged until now. */
    Map<String, Long> acknowledged() {
        Map<String, Long> all = new TreeMap<>();
        acknowledged.forEach((agent, last) -> all.put(agent.stream() + " " + agent.name(), last));
        return all;
    }

    /** Waits until a batch of each agent is acknowledged that was not yet when this was called. */
    void goesOn() throws Exception {
        Map<String, Long> before = acknowledged();
        Instant end = Instant.now().plus(LONGEST);
        while (acknowledged().size() < sending.size()
                || acknowledged().entrySet().stream()
                        .anyMatch(it -> it.getValue() <= before.getOrDefault(it.getKey(), 0L))) {
            for (Future<?> one : sending) {
                if (one.isDone()) {
                    one.get();
                }
            }
            assertThat(Instant.now()).as("%s since %s", acknowledged(), before).isBefore(end);
            Thread.sleep(PAUSE);
        }
    }

    /** Ends all agents after the batch that they send now, and fails if one of them failed. */
    void end() throws Exception {
        ending = true;
        for (Future<?> one : sending) {
            one.get();
        }
    }

    /** Ends all agents at once. */
    @Override
    public void close() {
        ending = true;
        threads.shutdownNow();
    }
}
