package dev.migrationledger.sample;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Kafka broker in the JVM of the tests. */
@Order(6)
@ExtendWith(SharedBroker.class)
class KafkaIT extends KafkaStories {

    private final SharedBroker.Broker broker;

    KafkaIT(SharedBroker.Broker broker) {
        this.broker = broker;
    }

    @Override
    String brokers() {
        return broker.address();
    }
}
