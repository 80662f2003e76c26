package dev.migrationledger.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.GapReason.AgentNotRunning;
import dev.migrationledger.contracts.event.GapReason.EventRefused;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.scripts.FileProblem.Forbidden;
import dev.migrationledger.contracts.scripts.FileProblem.NoScripts;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.unread.FileReason.Obstacle;
import dev.migrationledger.contracts.unread.FileReason.UnreadFile;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class EventTruncationTest {

    private static final String LONG = "x".repeat(3_000_000);

    static List<AgentEvent> tooLong() {
        return List.of(
                new AgentStarted("1", "alembic", "watch", Map.of("tier", LONG)),
                new ObservationGap(Instant.EPOCH, Instant.EPOCH, new EventRefused("agent.stopped.v1", LONG)),
                new VersionTableObserved(new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
                        List.of(LONG))),
                new VersionTableObserved(new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
                        Collections.nCopies(50_000, "a"))),
                new RevisionApplied("a", false, new Evidence(Evidence.Method.TRIGGER, Evidence.Certainty.CERTAIN,
                        List.of(), new Attribution(null, LONG, objects(200_000)))),
                new ScriptsScanned(".", 1, "d", null, List.of(), List.of(),
                        List.of(new NoScripts(new Place(LONG), folders(50_000))),
                        new ToolInvocation(Program.ALEMBIC, Collections.nCopies(2_000, "a"), LONG,
                                Collections.nCopies(2_000, "a"), false, LONG)));
    }

    /** So many that only their number is too long, but for the first hundred. */
    private static List<String> folders(int count) {
        return IntStream.range(0, count).mapToObj(at -> at < 100 ? LONG.substring(0, 9_000) : "folder").toList();
    }

    @ParameterizedTest
    @MethodSource
    void tooLong(AgentEvent event) {
        byte[] json = ContractJson.write(event);
        assertThat(SizeLimits.excess(json)).isPresent();

        byte[] fitted = EventTruncation.fitted(json);

        assertThat(SizeLimits.excess(fitted)).isEmpty();
        assertThat(ContractJson.read(fitted, AgentEvent.class)).isInstanceOf(event.getClass());
        assertThat(EventTruncation.fitted(fitted)).isSameAs(fitted);
    }

    @Test
    void what_is_cut_says_so() {
        VersionTableObserved fitted = (VersionTableObserved) ContractJson.read(
                EventTruncation.fitted(ContractJson.write(
                        new VersionTableObserved(new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
                                Collections.nCopies(50_000, "a"))))),
                AgentEvent.class);

        assertThat(fitted.table().rows()).hasSize(SizeLimits.FEW).endsWith("a", "…+49001");
        assertThat(EventTruncation.cut(LONG, 1_000)).hasSize(1_000)
                .endsWith("… (cut by the agent: 3,000,000 characters)");
    }

    @Test
    void effects_that_are_cut_off_may_have_changed_anything() {
        Effect drop = new Effect.Drop(new ObjectName(ObjectKind.TABLE, "public", null, "routes"), false,
                Condition.ALWAYS, Location.line(7));
        Effects effects = new Effects(Collections.nCopies(30_000, drop));
        byte[] json = ContractJson.write(new RevisionFilesRead("alembic.ini", 1, List.of(
                new RevisionFile("a", "a.py", "d", null, RevisionFile.Withheld.TOO_LARGE,
                        new Footprint(effects, Effects.NONE)))));

        RevisionFilesRead fitted = (RevisionFilesRead) ContractJson.read(EventTruncation.fitted(json),
                AgentEvent.class);

        assertThat(fitted.files().getFirst().footprint().upgrade().effects()).hasSize(SizeLimits.MANY).endsWith(drop,
                new Effect.Unread("…+10001", new UnreadFile(Obstacle.TOO_MANY_EFFECTS), null,
                        Location.line(7)));
    }

    /** One list of one event after the other is made too long. */
    @ParameterizedTest
    @ValueSource(strings = {"head-detected", "revision-applied", "revision-authors-read", "revision-files-read",
        "revision-reverted",
        "revision-stamped", "run-started", "schema-observed", "scripts-scanned", "version-table-edited",
        "version-table-observed"})
    void whichever_list_is_too_long_the_event_can_be_read(String type) throws Exception {
        JsonNode golden;
        try (InputStream file = EventTruncationTest.class.getResourceAsStream("/golden/agent." + type + ".v1.json")) {
            golden = ContractJson.tree(Objects.requireNonNull(file, type).readAllBytes());
        }
        Map<String, JsonPointer> lists = new TreeMap<>();
        collect(golden, JsonPointer.empty(), lists);
        assertThat(lists).isNotEmpty();
        for (JsonPointer list : lists.values()) {
            JsonNode event = golden.deepCopy();
            ArrayNode elements = (ArrayNode) event.at(list);
            JsonNode one = withShortLists(elements.get(0).deepCopy());
            // By one more than its own limit: 20,000 elements of each list are many megabytes.
            int most = most(list);
            while (elements.size() <= most) {
                elements.add(one);
            }
            byte[] tooLong = ContractJson.write(event);
            assertThat(SizeLimits.excess(tooLong)).as("%s", list).isPresent();

            byte[] fitted = EventTruncation.fitted(tooLong);

            assertThat(SizeLimits.excess(fitted).filter(excess -> !excess.unit().equals("values"))).as("%s", list)
                    .isEmpty();
            assertThat(ContractJson.read(fitted, AgentEvent.class)).as("%s", list)
                    .hasSameClassAs(ContractJson.read(ContractJson.write(golden), AgentEvent.class));
        }
    }

    /** Each list inside has its first element only: thousands of long ones take most of the time. */
    private static JsonNode withShortLists(JsonNode node) {
        if (node instanceof ArrayNode list) {
            while (list.size() > 1) {
                list.remove(list.size() - 1);
            }
        }
        node.forEach(EventTruncationTest::withShortLists);
        return node;
    }

    private static int most(JsonPointer list) {
        List<String> properties = Arrays.stream(list.toString().split("/"))
                .filter(part -> !part.matches("\\d*")).toList();
        return SizeLimits.elements(properties.getLast(), properties.stream().anyMatch(SizeLimits::isContent));
    }

    /** @param lists one of each name */
    private static void collect(JsonNode node, JsonPointer here, Map<String, JsonPointer> lists) {
        if (node instanceof ArrayNode list) {
            lists.putIfAbsent(here.toString().replaceAll("/\\d+", "").replaceAll(".*/", ""), here);
            for (int i = 0; i < list.size(); i++) {
                collect(list.get(i), here.appendIndex(i), lists);
            }
        } else if (node instanceof ObjectNode object) {
            object.properties().forEach(
                    entry -> collect(entry.getValue(), here.appendProperty(entry.getKey()), lists));
        }
    }

    @Test
    void problems_that_are_cut_off_are_counted() {
        ScriptProblem one = new Forbidden(new Place("a.py"));
        byte[] json = ContractJson.write(new ScriptsScanned(".", 1, "d", null, List.of(), List.of(),
                Collections.nCopies(30_000, one),
                new ToolInvocation(Program.ALEMBIC, null, null, List.of(), false, ".")));

        ScriptsScanned fitted = (ScriptsScanned) ContractJson.read(EventTruncation.fitted(json), AgentEvent.class);

        assertThat(fitted.problems()).hasSize(SizeLimits.MANY).endsWith(one, new ScriptProblem.LeftOut(10_001));
    }

    @Test
    void a_surrogate_pair_is_not_cut_in_two() {
        String pairs = "😀".repeat(2_000);

        assertThat(IntStream.range(100, 104).mapToObj(most -> EventTruncation.cut(pairs, most)))
                .allSatisfy(cut -> assertThat(cut.replaceFirst("….*", "").length() % 2).isZero());
    }

    @Test
    void what_fits_is_left_alone() {
        byte[] json = ContractJson.write(new ObservationGap(Instant.EPOCH, Instant.EPOCH, new AgentNotRunning()));

        assertThat(EventTruncation.fitted(json)).isSameAs(json);
    }

    private static List<TouchedObject> objects(int count) {
        return Collections.nCopies(count, new TouchedObject(Touch.CREATED, "table", "public.t"));
    }
}
