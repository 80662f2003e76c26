package dev.migrationledger.sample;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Gives tests a Kafka broker: one for all classes of a run. A class has topics of its own in it, by their prefix. */
final class SharedBroker implements ParameterResolver {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(SharedBroker.class);

    /** @param address host and port */
    record Broker(String address) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Broker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return new Broker(
                test.getRoot().getStore(STORE).computeIfAbsent("broker", key -> new Started(), Started.class).broker
                        .getBrokersAsString());
    }

    /** JUnit closes it after the last test. */
    private static final class Started implements AutoCloseable {
        private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);

        Started() {
            broker.brokerProperty("auto.create.topics.enable", "false");
            broker.afterPropertiesSet();
        }

        @Override
        public void close() {
            broker.destroy();
        }
    }
}
