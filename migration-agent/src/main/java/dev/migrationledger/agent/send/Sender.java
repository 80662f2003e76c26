package dev.migrationledger.agent.send;

import dev.migrationledger.agent.cli.MemoryLimit;
import dev.migrationledger.agent.spool.Pending;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.spool.SpoolFailure;
import dev.migrationledger.agent.tracing.AgentTraces;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.GapReason.LedgerWentBack;
import dev.migrationledger.contracts.event.GapReason.SpoolCopied;
import dev.migrationledger.contracts.wire.ContractJson;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties a spool into a ledger: in order, one batch at a time, and forgets nothing before the ledger has it.
 *
 * <p>The ledger takes no sequence with a hole, so an event that it refuses for good must neither be skipped nor stop all that
 * come after it. A batch that is refused is halved until one event is left. Its place is then offered with an observation gap
 * in it that says what is missing; if the ledger takes that, the event itself is kept aside in the spool. If the ledger
 * refuses even the gap, it refuses this agent as such: nothing is given up, everything stays in the spool, and sending is
 * tried again once a minute.
 */
public final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** A ledger with a small heap takes few large batches at once. An event that is larger goes alone. */
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private static final String RECEIVED = "received";

    private final Spool spool;
    private final LedgerTransport ledger;
    private final Backoff backoff;
    private final Renewals renewals;
    private final AgentTraces traces;
    private int size = EventBatch.MAX_EVENTS;
    private String lastWarning = "";

    public Sender(Spool spool, LedgerTransport ledger, Backoff backoff) {
        this(spool, ledger, backoff, AgentTraces.OFF);
    }

    public Sender(Spool spool, LedgerTransport ledger, Backoff backoff, AgentTraces traces) {
        this(spool, ledger, backoff, traces, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    Sender(Spool spool, LedgerTransport ledger, Backoff backoff, AgentTraces traces, LongSupplier nanoTime) {
        this.spool = spool;
        this.ledger = ledger;
        this.backoff = backoff;
        this.traces = traces;
        this.renewals = new Renewals(spool, nanoTime);
    }

    /** What one attempt came to. */
    public sealed interface Outcome {

        /** Nothing is pending. */
        record Empty() implements Outcome {}

        /** Something moved; there may be more. */
        record Advanced() implements Outcome {}

        /**
         * Nothing moved.
         *
         * @param reason a whole sentence
         */
        record Delayed(String reason, Duration pause) implements Outcome {}
    }

    /** Sends until interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            try {
                if (spool.awaitPending(Duration.ofHours(1)) && attempt() instanceof Outcome.Delayed delayed) {
                    Thread.sleep(delayed.pause());
                }
            } catch (SpoolFailure e) {
                log(String.valueOf(e.getMessage()));
                Thread.sleep(backoff.next());
            } catch (RuntimeException e) {
                // Otherwise the agent would silently send nothing more.
                log("Sending failed with an internal error, please report it: " + e + ".");
                Thread.sleep(backoff.next());
            } catch (OutOfMemoryError e) {
                // Scripts that are read meanwhile may have taken all of it.
                log(MemoryLimit.exceededBy("Sending") + ".");
                Thread.sleep(backoff.next());
            }
        }
    }

    /** Sends what is pending, and stops at the first delay that would lead beyond the limit. */
    public Outcome drain(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Outcome outcome = attempt();
            if (outcome instanceof Outcome.Delayed delayed
                    && System.nanoTime() + delayed.pause().toNanos() <= end) {
                Thread.sleep(delayed.pause());
            } else if (!(outcome instanceof Outcome.Advanced)) {
                return outcome;
            }
        }
    }

    /** Sends one batch. One attempt at a time, from any thread. */
    public synchronized Outcome attempt() throws InterruptedException {
        List<Pending> batch = spool.next(size, BATCH_BYTES);
        if (batch.isEmpty()) {
            return new Outcome.Empty();
        }
        return switch (post(batch)) {
            case LedgerResponse.Received received -> received(batch, received.receipt());
            case LedgerResponse.RetryLater retry -> delayed(retry);
            case LedgerResponse.SequenceAhead ahead -> ahead(batch, ahead);
            case LedgerResponse.SequenceConflict _ -> conflict(batch);
            case LedgerResponse.Refused refused -> refused(batch, refused.reason());
        };
    }

    private LedgerResponse post(List<Pending> batch) throws InterruptedException {
        AgentTraces.Delivery delivery = traces.delivery(batch.getFirst().epoch(), batch.getFirst().sequence(),
                batch.getLast().sequence());
        String outcome = "interrupted";
        try {
            LedgerResponse response = TraceHeader.with(delivery.traceParent(),
                    () -> ledger.post(batch.stream().map(Pending::envelope).toList()));
            outcome = code(response);
            return response;
        } finally {
            delivery.ended(outcome, outcome.equals(RECEIVED));
        }
    }

    private static String code(LedgerResponse response) {
        return switch (response) {
            case LedgerResponse.Received _ -> RECEIVED;
            case LedgerResponse.RetryLater _ -> "retry-later";
            case LedgerResponse.SequenceAhead _ -> "sequence-ahead";
            case LedgerResponse.SequenceConflict _ -> "sequence-conflict";
            case LedgerResponse.Refused _ -> "refused";
        };
    }

    private Outcome received(List<Pending> batch, Receipt receipt) {
        Pending first = batch.getFirst();
        long upTo = Math.min(receipt.lastSequence(), batch.getLast().sequence());
        if (upTo < first.sequence()) {
            return delayed(new LedgerResponse.RetryLater(
                    "The ledger at %s acknowledges a batch that begins with sequence %d only up to %d; the batch stays in the spool."
                            .formatted(ledger, first.sequence(), receipt.lastSequence()),
                    null));
        }
        spool.acknowledge(first.epoch(), upTo);
        recovered();
        size = Math.min(EventBatch.MAX_EVENTS, size * 2);
        return new Outcome.Advanced();
    }

    private Outcome ahead(List<Pending> batch, LedgerResponse.SequenceAhead ahead) {
        Pending first = batch.getFirst();
        // The batch began with the first that is left: what the ledger expects was acknowledged and forgotten.
        return ahead.expected() < first.sequence()
                ? renewed(first, ahead.expected(), lost(ahead.expected()))
                : delayed(new LedgerResponse.RetryLater(
                        "The ledger at %s refuses a batch from sequence %d on: %s".formatted(
                                ledger, first.sequence(), ahead.detail()),
                        null));
    }

    private Outcome conflict(List<Pending> batch) {
        Pending first = batch.getFirst();
        return renewed(first, first.sequence(), copied());
    }

    private Outcome renewed(Pending first, long expected, GapReason reason) {
        Duration pause = renewals.begin(first.epoch(), Math.max(1, expected), reason);
        return pause.isZero()
                ? new Outcome.Advanced()
                : delayed(
                        "The ledger at %s also refuses the sequence of the new epoch; check whether several ledgers or agents share one name."
                                .formatted(ledger),
                        pause);
    }

    private GapReason lost(long expected) {
        return new LedgerWentBack(ledger.toString(), expected);
    }

    private GapReason copied() {
        return new SpoolCopied(ledger.toString());
    }

    /**
     * Compares what the ledger has with what it acknowledged, and begins a new epoch if it lost something. Without this comparison, an
     * agent of a quiet database would notice only with its next event.
     *
     * @param sent the spool's progress when the ledger was asked
     * @param lastSequence that the ledger has of that epoch
     */
    void compare(Spool.Progress sent, long lastSequence) {
        if (lastSequence < sent.acknowledged()) {
            renewals.begin(sent.epoch(), Math.max(0, lastSequence) + 1, lost(Math.max(0, lastSequence) + 1));
            return;
        }
        // While the ledger made its answer, more may have been recorded here and sent.
        Spool.Progress now = spool.progress();
        if (now.epoch().equals(sent.epoch()) && lastSequence > now.last()) {
            renewals.begin(sent.epoch(), now.last() + 1, copied());
        }
    }

    private Outcome refused(List<Pending> batch, String reason) throws InterruptedException {
        if (batch.size() > 1) {
            size = batch.size() / 2;
            return new Outcome.Advanced();
        }
        Pending event = batch.getFirst();
        AgentEnvelope gap = spool.substitute(event, reason);
        LedgerResponse answer = ledger.post(List.of(ContractJson.write(gap)));
        if (answer instanceof LedgerResponse.SequenceAhead ahead) {
            return ahead(batch, ahead);
        }
        if (answer instanceof LedgerResponse.SequenceConflict) {
            return conflict(batch);
        }
        if (answer instanceof LedgerResponse.Received received
                && received.receipt().lastSequence() >= event.sequence()) {
            LOG.error("The ledger at {} refuses event {}; the spool keeps it aside: {}", ledger, event.sequence(),
                    reason);
            spool.setAside(event, reason);
            recovered();
            return new Outcome.Advanced();
        }
        return delayed(new LedgerResponse.RetryLater(
                "The ledger at %s refuses the events of this agent; they stay in the spool: %s".formatted(ledger,
                        reason),
                LONGEST_WAIT));
    }

    private Outcome delayed(LedgerResponse.RetryLater retry) {
        log(retry.reason());
        Duration wait = backoff.next();
        Duration asked = retry.after();
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
        }
        return new Outcome.Delayed(retry.reason(), wait);
    }

    private Outcome delayed(String reason, Duration pause) {
        log(reason);
        return new Outcome.Delayed(reason, pause);
    }

    /** Logs the same warning once. */
    private void log(String warning) {
        if (!warning.equals(lastWarning)) {
            lastWarning = warning;
            LOG.warn("{} {} pending; trying again.", warning, pending());
        }
    }

    private String pending() {
        try {
            return spool.pending() + " events are";
        } catch (SpoolFailure e) {
            return "Events are";
        }
    }

    private void recovered() {
        backoff.reset();
        if (!lastWarning.isEmpty()) {
            lastWarning = "";
            LOG.info("The ledger at {} accepts events again.", ledger);
        }
    }
}
