package dev.migrationledger.contracts.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.Clue;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.contracts.policy.FreezePeriod;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.text.PlainText;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.wire.WireException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Contracts to JSON and back. Unknown fields are passed over, so that an older reader understands a newer writer; an event
 * type it does not know is an error, because passing over a fact would lose it. Components that are not {@code @Nullable}
 * must be there, values have exactly the form in which they are written, and no field stands twice: what two readers could
 * take for two different things is refused. Characters that no database stores (NUL, half a surrogate pair) are written as U+FFFD.
 */
public final class ContractJson {

    /** Room for what newer versions may add, and none for a bomb: no contract is nested deeper than about ten. */
    static final int MAX_DEPTH = 100;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(100)
            .maxNameLength(1_000)
            .maxStringLength(EventBatch.MAX_BYTES)
            .build();

    /** Sealed families whose members say what they are by the names of their records. */
    private static final List<Class<?>> KINDS = List.of(Effect.class, Alteration.class, Definition.class,
            ScriptProblem.class, GapReason.class, Clue.class,
            UnreadReason.class, GateReason.class, FreezePeriod.class, PipelineMatch.class, PipelineRun.class);

    private static final JsonMapper MAPPER = configure(JsonMapper.builder(
            JsonFactory.builder().streamReadConstraints(LIMITS).build()))
            .build();

    /** The same on every operating system. */
    private static final PrettyPrinter INDENTED = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private ContractJson() {}

    /** Makes any other mapper read and write the contracts in the same form. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        EventCatalogue.all().forEach((name, type) -> builder.registerSubtypes(new NamedType(type, name)));
        KINDS.forEach(family -> leaves(family).forEach(
                type -> builder
                        .registerSubtypes(new NamedType(type, InvalidValueException.hyphened(type.getSimpleName())))));
        return builder.annotationIntrospector(AnnotationIntrospector.pair(
                new ContractsIntrospector(), new JacksonAnnotationIntrospector()))
                .addMixIn(Event.class, TypeBesideItsFields.class)
                .addMixIn(AgentEvent.class, TypeBesideItsFields.class)
                .addMixIn(LedgerEvent.class, TypeBesideItsFields.class)
                .addMixIn(Effect.class, EffectKind.class)
                .addMixIn(Alteration.class, AlterationKind.class)
                .addMixIn(Definition.class, WhatItIs.class)
                .addMixIn(ScriptProblem.class, ProblemKind.class)
                .addMixIn(GapReason.class, ReasonKind.class)
                .addMixIn(Clue.class, ClueKind.class)
                .addMixIn(UnreadReason.class, ReasonKind.class)
                .addMixIn(GateReason.class, ReasonKind.class)
                .addMixIn(FreezePeriod.class, WhatItIs.class)
                .addMixIn(PipelineMatch.class, PipelineKind.class)
                .addMixIn(PipelineRun.class, PipelineKind.class)
                .changeDefaultPropertyInclusion(was -> was.withValueInclusion(JsonInclude.Include.NON_NULL))
                .addModule(new Scalars())
                .addHandler(new JsonErrors())
                .addHandler(new OlderNames())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // The records copy their maps, and a copy has another order in every run.
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                // Equal contracts are equal bytes: an immutable map's own order differs from run to run.
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
    }

    /** The names that the records of a sealed family have in JSON. */
    public static List<String> kinds(Class<?> family) {
        return leaves(family).map(type -> InvalidValueException.hyphened(type.getSimpleName())).toList();
    }

    public static byte[] write(Object contract) {
        return MAPPER.writeValueAsBytes(contract);
    }

    /** A text as {@link #write} writes it, for mappers that write texts by a serializer of their own. */
    public static String storable(String text) {
        return Scalars.storable(text);
    }

    /** As {@link #write}, indented and safe to print on a terminal. */
    public static String pretty(Object contract) {
        return PlainText.inJson(MAPPER.writer().with(INDENTED).writeValueAsString(contract));
    }

    /** As {@link #pretty}, in one line. */
    public static String line(Object contract) {
        return PlainText.inJson(MAPPER.writeValueAsString(contract));
    }

    /**
     * Reads a contract.
     *
     * @throws WireException saying which field is wrong and how
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new WireException(Kind.INVALID_FIELD, null, "the JSON must not be null", null);
            }
            return value;
        } catch (JacksonException e) {
            throw explain(e);
        }
    }

    /**
     * Reads an event that may have been written under an older name.
     *
     * @param name of the event in the catalogue; what the JSON says of it does not count
     * @throws WireException as {@link #read}
     */
    public static Event readEvent(byte[] json, String name) {
        byte[] start = ("{\"type\":\"" + name + '"').getBytes(StandardCharsets.UTF_8);
        if (json.length > start.length && Arrays.equals(json, 0, start.length, start, 0, start.length)) {
            return read(json, Event.class);
        }
        try {
            return MAPPER.treeToValue(((ObjectNode) MAPPER.readTree(json)).put("type", name), Event.class);
        } catch (JacksonException e) {
            throw explain(e);
        }
    }

    static JsonNode tree(byte[] json) {
        return MAPPER.readTree(json);
    }

    /** What a Jackson exception means in the words of these contracts. */
    public static WireException explain(JacksonException e) {
        return JsonErrors.explain(e);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface TypeBesideItsFields {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
    private interface EffectKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
    private interface AlterationKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    private interface WhatItIs {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "problem")
    private interface ProblemKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "because")
    private interface ReasonKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "clue")
    private interface ClueKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface PipelineKind {}

    private static Stream<Class<?>> leaves(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(ContractJson::leaves)
                : Stream.of(family);
    }
}
