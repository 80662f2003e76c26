package dev.migrationledger.ledger.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.kafka.LedgerHeaders;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * From Kafka to stored, with all views: a backlog of signed batches that a ledger finds when it starts, beside bare inserts of the same rows with as many in a
 * statement, right after it.
 */
final class KafkaBenchmark {

    private static final PrintStream OUT = System.out;

    /** Of one environment. */
    private static final int EVENTS = 100;
    private static final int ENVIRONMENTS = 400;
    private static final int WARM_UP = 100;
    private static final int[] SIZES = {1, 10, 50};

    private KafkaBenchmark() {}

    /**
     * Fills a topic for each size of batches, lets a ledger record it, and prints the figures.
     *
     * @param args the ledger's jar
     */
    public static void main(String[] args) throws Exception {
        // The broker says at length what it does.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.brokerListProperty("benchmark.kafka.brokers");
        broker.afterPropertiesSet();
        try {
            for (int size : SIZES) {
                measure(Path.of(args[0]), broker.getBrokersAsString(), "of" + size, size);
            }
        } finally {
            broker.destroy();
        }
    }

    private static void measure(Path jar, String brokers, String prefix, int size) throws Exception {
        Path folder = Files.createTempDirectory("kafka-benchmark");
        EnrolledKey key = EnrolledKey.make();
        String[] kafka = {"--spring.kafka.bootstrap-servers=" + brokers, "--ledger.kafka.prefix=" + prefix};
        try (LoadedLedger before = LoadedLedger.start(jar, folder, "512m", kafka)) {
            key.enrol(before);
        }
        fill(brokers, new KafkaTopics(prefix), size, key);
        try (LoadedLedger ledger = LoadedLedger.start(jar, folder, "512m", kafka)) {
            BareInserts bare = BareInserts.beside(folder.resolve("data"));
            long warm = (long) WARM_UP * EVENTS;
            long all = warm + (long) ENVIRONMENTS * EVENTS;
            double seconds;
            long measured;
            try (Connection connection = bare.connect()) {
                long from = await(connection, warm);
                long start = System.nanoTime();
                measured = await(connection, all) - from;
                seconds = (System.nanoTime() - start) / 1e9;
            }
            while (ledger.due() > 0) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            List<Object[]> rows = bare.rows();
            double inserted = inserted(bare, rows.subList(rows.size() - (int) measured, rows.size()), 500);
            OUT.printf(Locale.ROOT,
                    "%3d events a batch: from Kafka %,7.0f events/s, bare inserts of 500 rows %,7.0f, ratio %.2f%n", size,
                    measured / seconds, measured / inserted, inserted / seconds);
        }
    }

    private static double inserted(BareInserts bare, List<Object[]> rows, int each) throws SQLException {
        try (Connection connection = bare.connect()) {
            long start = System.nanoTime();
            for (int from = 0; from < rows.size(); from += each) {
                BareInserts.insert(connection, rows.subList(from, Math.min(rows.size(), from + each)));
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** Waits for so many events of agents, and returns how many there are. */
    private static long await(Connection connection, long events) throws Exception {
        while (true) {
            try (Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery(
                            "select count(*) from ledger.event where payload_type like 'agent.%'")) {
                count.next();
                if (count.getLong(1) >= events) {
                    return count.getLong(1);
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void fill(String brokers, KafkaTopics topics, int size, EnrolledKey key) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "max.request.size", KafkaTopics.MOST_BYTES), new StringSerializer(),
                new ByteArraySerializer())) {
            for (List<Integer> tenants : List.of(IntStream.range(0, WARM_UP).boxed().toList(),
                    IntStream.range(WARM_UP, WARM_UP + ENVIRONMENTS).boxed().toList())) {
                // As if all agents had sent at once: the first batch of each, then the second.
                List<List<byte[]>> batches = tenants.stream().map(it -> Tenants.batches(it, EVENTS, size)).toList();
                for (int i = 0; i < EVENTS / size; i++) {
                    for (int tenant = 0; tenant < tenants.size(); tenant++) {
                        var _ = producer.send(request(topics, tenants.get(tenant), batches.get(tenant).get(i), key),
                                (_, failure) -> {
                                    if (failure != null) {
                                        throw new IllegalStateException(failure);
                                    }
                                });
                    }
                }
            }
            producer.flush();
        }
    }

    private static ProducerRecord<String, byte[]> request(KafkaTopics topics, int tenant, byte[] batch, EnrolledKey key)
            throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(batch);
        }
        ProducerRecord<String, byte[]> request = new ProducerRecord<>(topics.requests(),
                KafkaTopics.key(Tenants.project(tenant), Tenants.environment(tenant)), compressed.toByteArray());
        String[] proof = key.headers(Purpose.BATCH, batch);
        for (int i = 0; i < proof.length; i += 2) {
            request.headers().add(proof[i], proof[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        Map.of(LedgerHeaders.PATH, "/api/v1/events", "Content-Encoding", "gzip", LedgerHeaders.REQUEST, "r",
                LedgerHeaders.ANSWER_PARTITION, "0")
                .forEach((name, value) -> request.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return request;
    }
}
