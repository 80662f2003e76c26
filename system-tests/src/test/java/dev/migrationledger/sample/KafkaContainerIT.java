package dev.migrationledger.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** Kafka's own image, of the version in {@code docker-compose.yml}; skipped where no Docker engine answers. */
@Testcontainers(disabledWithoutDocker = true)
class KafkaContainerIT extends KafkaStories {

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer(image());

    @Override
    String brokers() {
        return KAFKA.getBootstrapServers();
    }

    private static String image() {
        try {
            Matcher image = Pattern.compile("image: (apache/kafka:\\S+)")
                    .matcher(Files.readString(SampleLayout.here().root().resolve("docker-compose.yml")));
            if (!image.find()) {
                throw new AssertionError("docker-compose.yml has no image apache/kafka");
            }
            return image.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
