package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.kafka.LedgerHeaders;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.ingest.kafka.KafkaRequests.Handled;
import dev.migrationledger.ledger.ingest.kafka.KafkaRequests.Prepared;
import dev.migrationledger.ledger.problem.DatabaseUnavailable;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.recording.RecordingConflict;
import dev.migrationledger.ledger.recording.StreamBusy;
import dev.migrationledger.ledger.recording.stream.StreamId.Environment;
import dev.migrationledger.ledger.recording.view.OtherViewForms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;

/**
 * Handles the records of a poll in their order, and answers each. Offsets are committed when all are in the database and all answers are with the
 * brokers; what is handled again after a crash is a duplicate, and gets the same answer.
 */
final class RequestListener implements BatchMessageListener<String, byte[]> {

    private static final Logger log = LoggerFactory.getLogger(RequestListener.class);

    /** Batches of one transaction. */
    private static final int MOST_TOGETHER = 100;

    /** Axon looks at all events of a transaction for each stream that it loads. */
    private static final int MOST_EVENTS_TOGETHER = 1_000;

    private static final int MOST_BYTES_TOGETHER = 4 * 1024 * 1024;

    /** Characters of the name of a request that is answered; agents use a UUID. */
    private static final int LONGEST_NAME = 200;

    private final KafkaRequests requests;
    private final KafkaTemplate<String, byte[]> template;
    private final DeadLetterPublishingRecoverer deadLetters;
    private final KafkaTopics topics;
    private final Runnable leave;

    /** @param leave ends this ledger's part in the consumer group, and returns at once */
    RequestListener(
            KafkaRequests requests, KafkaTemplate<String, byte[]> template, DeadLetterPublishingRecoverer deadLetters,
            KafkaTopics topics, Runnable leave) {
        this.requests = requests;
        this.template = template;
        this.deadLetters = deadLetters;
        this.topics = topics;
        this.leave = leave;
    }

    /** A record that is refused for good. */
    static final class RefusedRecord extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String code;

        private RefusedRecord(Problem problem) {
            super(problem.detail(), null, false, false);
            this.code = problem.code();
        }

        String code() {
            return code;
        }
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        Set<Environment> parked = requests.parkedPlaces();
        int next = 0;
        while (next < records.size()) {
            List<Prepared> together = together(records.subList(next, records.size()), parked);
            List<Optional<Handled>> handled = together.size() > 1 ? requests.record(together) : List.of();
            for (int i = 0; i < Math.max(1, together.size()); i++) {
                ConsumerRecord<String, byte[]> request = records.get(next + i);
                Handled known = i < handled.size() ? handled.get(i).orElse(null) : null;
                if (known == null) {
                    known = alone(request, next + i, answers);
                    parked = requests.parkedPlaces();
                }
                answered(request, known, answers);
            }
            next += Math.max(1, together.size());
        }
        sent(answers);
    }

    /** The batches at the start of the list that can be recorded in one transaction. */
    private List<Prepared> together(List<ConsumerRecord<String, byte[]>> records, Set<Environment> parked) {
        List<Prepared> together = new ArrayList<>();
        long bytes = 0;
        int events = 0;
        for (ConsumerRecord<String, byte[]> record : records) {
            Prepared one = requests.prepared(record).filter(it -> !parked.contains(it.place())).orElse(null);
            if (one == null) {
                break;
            }
            bytes += one.bytes();
            events += one.signed().batch().events().size();
            if (together.size() == MOST_TOGETHER || bytes > MOST_BYTES_TOGETHER || events > MOST_EVENTS_TOGETHER) {
                break;
            }
            together.add(one);
        }
        return together;
    }

    private Handled alone(ConsumerRecord<String, byte[]> request, int index, List<CompletableFuture<?>> answers) {
        try {
            return requests.handle(request);
        } catch (RuntimeException e) {
            if (e instanceof OtherViewForms) {
                log.atError().log("This ledger leaves Kafka's consumer group. {}", e.getMessage());
                leave.run();
            }
            if (e instanceof Refusal || passes(e)) {
                sent(answers);
                throw new BatchListenerFailedException(String.valueOf(e.getMessage()), e, index);
            }
            // Tried again for ever, it would stop all environments of its partition.
            log.atError().setCause(e).addKeyValue("key", KafkaRequests.shownKey(request))
                    .addKeyValue("offset", request.offset())
                    .log("failed to handle a record");
            return KafkaRequests.failed(request);
        }
    }

    /** Whether the same record may be recorded a moment later. */
    private static boolean passes(RuntimeException e) {
        return DatabaseUnavailable.causes(e) || e instanceof TransientDataAccessException || e instanceof StreamBusy
                || e instanceof RecordingConflict;
    }

    private void answered(
            ConsumerRecord<String, byte[]> request, Handled handled, List<CompletableFuture<?>> answers) {
        Problem problem = handled.deadLetter();
        if (problem != null) {
            log.atWarn().addKeyValue("key", KafkaRequests.shownKey(request)).addKeyValue("offset", request.offset())
                    .addKeyValue("code", problem.code()).log("refused a record: {}", problem.detail());
            addDeadLetter(request, problem);
        }
        ProducerRecord<String, byte[]> answer = answer(request, handled);
        if (answer != null) {
            answers.add(template.send(answer));
        }
    }

    private void addDeadLetter(ConsumerRecord<String, byte[]> request, Problem problem) {
        try {
            deadLetters.accept(request, new RefusedRecord(problem));
        } catch (KafkaException e) {
            if (!(NestedExceptionUtils.getMostSpecificCause(e) instanceof RecordTooLargeException)) {
                throw e;
            }
            // With its new headers it is larger than the topic takes; the request stays where it is.
            log.atWarn().addKeyValue("partition", request.partition()).addKeyValue("offset", request.offset())
                    .log("a refused record is too large for the topic of dead letters");
        }
    }

    private static void sent(List<CompletableFuture<?>> answers) {
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    }

    private @Nullable ProducerRecord<String, byte[]> answer(ConsumerRecord<String, byte[]> request, Handled handled) {
        String name = KafkaRequests.text(request, LedgerHeaders.REQUEST);
        String partition = KafkaRequests.text(request, LedgerHeaders.ANSWER_PARTITION);
        if (name == null || name.length() > LONGEST_NAME || partition == null || !partition.matches("\\d{1,6}")
                || Integer.parseInt(partition) >= template.partitionsFor(topics.receipts()).size()) {
            return null;
        }
        RecordHeaders headers = new RecordHeaders();
        headers.add(LedgerHeaders.REQUEST, name.getBytes(StandardCharsets.UTF_8));
        headers.add(LedgerHeaders.STATUS, String.valueOf(handled.status()).getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(topics.receipts(), Integer.valueOf(partition), handled.key(), handled.body(),
                headers);
    }
}
