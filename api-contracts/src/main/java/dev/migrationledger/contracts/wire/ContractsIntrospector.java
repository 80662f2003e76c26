package dev.migrationledger.contracts.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/** Reads from the records themselves what would otherwise be said a second time in annotations. */
final class ContractsIntrospector extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    /** A component is required unless it says {@code @Nullable}. */
    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return nullable(member).map(nullable -> !nullable).orElse(null);
    }

    /** An explicit null is no value for a required component, nor for an element of a list. */
    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
        return nullable(member)
                .map(nullable -> JsonSetter.Value.construct(nullable ? Nulls.SET : Nulls.FAIL, Nulls.FAIL))
                .orElse(JsonSetter.Value.empty());
    }

    private static Optional<Boolean> nullable(Annotated member) {
        if (member instanceof AnnotatedParameter parameter && isOurs(parameter.getDeclaringClass())) {
            RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
            if (components != null && parameter.getIndex() < components.length) {
                return Optional.of(
                        components[parameter.getIndex()].getAnnotatedType().isAnnotationPresent(Nullable.class));
            }
        }
        return Optional.empty();
    }

    /** What a record can say of itself, such as {@code isNone()}, is no part of it. */
    @Override
    public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
        RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
        return member instanceof AnnotatedMethod && components != null && isOurs(member.getDeclaringClass())
                && Arrays.stream(components).noneMatch(component -> component.getName().equals(member.getName()));
    }

    /** {@code NO_LATER_THAN} is {@code no-later-than} in JSON, also in an answer of a command that is no contract. */
    @Override
    public String[] findEnumValues(
            MapperConfig<?> config, AnnotatedClass enumType, Enum<?>[] values, String[] names) {
        if (enumType.getName().startsWith("dev.migrationledger.")) {
            Arrays.setAll(names, i -> InvalidValueException.inJson(values[i]));
        }
        return names;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.migrationledger.contracts.");
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }
}
