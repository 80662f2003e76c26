package dev.migrationledger.contracts.wire;

import dev.migrationledger.contracts.footprint.Alteration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.jsontype.TypeIdResolver;

/**
 * Names that members of sealed families had earlier. Stored events keep them; nothing is written with them, as it would be if a record were
 * registered under two names.
 */
final class OlderNames extends DeserializationProblemHandler {

    private static final Map<String, Class<?>> TYPES = Map.of("unseen", Alteration.NotCompared.class);

    @Override
    public @Nullable JavaType handleUnknownTypeId(
            DeserializationContext context, JavaType base, String name, TypeIdResolver ids, String message) {
        Class<?> type = TYPES.get(name);
        return type != null && base.getRawClass().isAssignableFrom(type) ? context.constructType(type) : null;
    }
}
