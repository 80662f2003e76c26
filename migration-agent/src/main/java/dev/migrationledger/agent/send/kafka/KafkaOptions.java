package dev.migrationledger.agent.send.kafka;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Kafka as the way to the ledger: use as a picocli mixin. */
public final class KafkaOptions {

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Kafka brokers, separated by commas. Events go there, and the ledger takes them from there. The agent must be enrolled at --ledger.")
    private @Nullable String brokers;

    @Option(names = "--kafka-config", paramLabel = "FILE", description = "Properties of Kafka's Java client, for TLS and SASL.")
    private @Nullable Path config;

    @Option(names = "--kafka-prefix", paramLabel = "NAME", defaultValue = KafkaTopics.DEFAULT_PREFIX, description = "What names of the ledger's topics begin with (default: ${DEFAULT-VALUE}).")
    private String prefix = KafkaTopics.DEFAULT_PREFIX;

    /**
     * Absent: events go to the ledger itself.
     *
     * @throws CommandFailure if an option cannot be used
     */
    public @Nullable KafkaAddress address() {
        if (brokers == null) {
            if (config != null) {
                throw CommandFailure.usage("--kafka-config needs --kafka; add it.");
            }
            return null;
        }
        if (!brokers.matches("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*")) {
            throw CommandFailure.usage("--kafka '%s' cannot be read; write host:port, or host:port,host:port."
                    .formatted(brokers));
        }
        if (!KafkaTopics.isPrefix(prefix)) {
            throw CommandFailure.usage(
                    "--kafka-prefix '%s' cannot begin the name of a topic; use at most %d letters, digits, dots, dashes and underscores."
                            .formatted(prefix, KafkaTopics.LONGEST_PREFIX));
        }
        return new KafkaAddress(brokers, new KafkaTopics(prefix), config == null ? Map.of() : settings(config));
    }

    /** Its text may hold passwords, so no message repeats it. */
    private static Map<String, String> settings(Path file) {
        Properties read = new Properties();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(text);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("--kafka-config %s does not exist; check the path.".formatted(file));
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.usage("--kafka-config %s cannot be read as Java properties in UTF-8; check the file."
                    .formatted(file));
        }
        Map<String, String> settings = new TreeMap<>();
        read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
        return settings;
    }
}
