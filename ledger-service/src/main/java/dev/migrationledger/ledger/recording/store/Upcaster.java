package dev.migrationledger.ledger.recording.store;

import java.util.function.UnaryOperator;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads events of an older revision as if they had been recorded in the next one. Every bean of this type is used; stored events stay as
 * they are.
 *
 * @param type such as {@code agent.head-detected}
 * @param revision the older one
 * @param change from the older JSON of the event to the newer
 */
public record Upcaster(String type, int revision, UnaryOperator<ObjectNode> change) {

    SingleEventUpcaster axon() {
        return new SingleEventUpcaster() {
            @Override
            protected boolean canUpcast(IntermediateEventRepresentation event) {
                return event.getType().getName().equals(type)
                        && String.valueOf(revision).equals(event.getType().getRevision());
            }

            @Override
            protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
                return event.upcastPayload(new SimpleSerializedType(type, String.valueOf(revision + 1)),
                        ObjectNode.class, change);
            }
        };
    }
}
