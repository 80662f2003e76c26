package dev.migrationledger.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.GapReason.LedgerWentBack;
import dev.migrationledger.contracts.event.GapReason.SpoolDamaged;
import dev.migrationledger.contracts.event.GapReason.SpoolNotWritten.Cause;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.SizeLimits;
import dev.migrationledger.testsupport.time.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

    @TempDir
    Path temp;

    private final MovableClock clock = new MovableClock();

    @Test
    void facts_come_out_in_sequence_and_are_forgotten_when_acknowledged() {
        try (Spool spool = open()) {
            record(spool, "one", "two", "three");

            assertThat(reasons(spool)).containsExactly("1 one", "2 two", "3 three");
            spool.acknowledge(spool.epoch(), 2);
            assertThat(reasons(spool)).containsExactly("3 three");
            record(spool, "four");
            assertThat(reasons(spool)).containsExactly("3 three", "4 four");
        }
    }

    @Test
    void everything_is_there_after_a_restart() {
        UUID epoch;
        String agent;
        try (Spool spool = open()) {
            spool.record(spool.epoch(), facts("one"), Map.of(Memory.LAST_OBSERVATION, bytes("b")));
            epoch = spool.epoch();
            agent = spool.agent();
        }
        try (Spool spool = open()) {
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(spool.agent()).isEqualTo(agent).matches("agent-[0-9a-f]{8}");
            assertThat(spool.remembered(Memory.LAST_OBSERVATION)).hasValueSatisfying(
                    value -> assertThat(value).isEqualTo(bytes("b")));
            record(spool, "two");
            assertThat(reasons(spool)).containsExactly("1 one", "2 two");
        }
    }

    @Test
    void batches_are_limited_in_number_and_bytes_but_never_empty() {
        try (Spool spool = open()) {
            record(spool, "one", "two", "three");
            long size = spool.next(1, 1).getFirst().envelope().length + 1L;

            assertThat(spool.next(2, Long.MAX_VALUE)).hasSize(2);
            assertThat(spool.next(9, 2 * size)).hasSize(2);
            assertThat(spool.next(9, 1)).hasSize(1);
        }
    }

    @Test
    void what_is_longer_than_a_ledger_takes_is_cut_and_says_so() {
        try (Spool spool = open()) {
            record(spool, "x".repeat(1_000_000));

            byte[] sent = spool.next(1, 1).getFirst().envelope();
            assertThat(SizeLimits.excess(sent)).isEmpty();
            assertThat(new String(sent, StandardCharsets.UTF_8)).contains("… (cut by the agent: 1,000,000 characters)");
        }
    }

    @Test
    void what_was_made_for_an_epoch_that_is_over_is_not_taken() {
        try (Spool spool = open()) {
            UUID before = spool.epoch();
            spool.renew(1, new SpoolDamaged());

            assertThat(spool.record(before, facts("late"), Map.of())).isEmpty();
            assertThat(spool.pending()).isEqualTo(1);
        }
    }

    @Test
    void a_new_epoch_begins_with_a_gap_and_keeps_what_was_pending() {
        try (Spool spool = open()) {
            record(spool, "one", "two");
            spool.acknowledge(spool.epoch(), 2);
            clock.move(Duration.ofHours(1));
            record(spool, "three");
            spool.record(
                    spool.epoch(),
                    List.of(ObservedFact.now(clock.instant(), new HeadDetected(List.of("a"), List.of("a")))),
                    Map.of(Memory.PUBLISHED_SCRIPTS, bytes("x"), Memory.LAST_OBSERVATION, bytes("y")));
            UUID before = spool.epoch();

            spool.renew(3, new LedgerWentBack("http://ledger", 3));

            assertThat(spool.epoch()).isNotEqualTo(before);
            List<AgentEnvelope> pending = envelopes(spool);
            assertThat(pending).extracting(AgentEnvelope::sequence).containsExactly(1L, 2L);
            assertThat(pending).extracting(AgentEnvelope::epoch).containsOnly(spool.epoch());
            assertThat(pending.getFirst().event()).isInstanceOfSatisfying(ObservationGap.class, gap -> {
                assertThat(gap.reason()).isEqualTo(new LedgerWentBack("http://ledger", 3));
                assertThat(gap.from()).isEqualTo(clock.instant().minus(Duration.ofHours(1)));
            });
            // What the next round publishes in full is not published twice.
            assertThat(pending.getLast().event()).isEqualTo(named("three"));
            assertThat(spool.remembered(Memory.PUBLISHED_SCRIPTS)).isEmpty();
            assertThat(spool.remembered(Memory.LAST_OBSERVATION)).isPresent();
        }
    }

    @Test
    void it_is_readable_by_its_owner_alone() throws IOException {
        try (Spool spool = open()) {
            record(spool, "one");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("spool"))))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(temp.resolve("spool"))) {
                assertThat(files.toList()).isNotEmpty().allSatisfy(
                        file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void a_second_process_learns_which_process_has_it() {
        try (Spool first = open()) {
            assertThat(first.pending()).isZero();
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                    .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void another_environment_or_agent_is_refused() {
        open().close();
        assertThatThrownBy(() -> Spool.open(temp.resolve("spool"), "navbot", "production", null, clock))
                .hasMessageContaining("belongs to navbot/staging, not to navbot/production");
        assertThatThrownBy(() -> Spool.open(temp.resolve("spool"), "navbot", "staging", "other", clock))
                .hasMessageContaining("not to 'other'");
        // After the refusal it is free.
        open().close();
    }

    @Test
    void a_damaged_spool_is_set_aside_and_reported() throws IOException {
        UUID before;
        try (Spool spool = open()) {
            record(spool, "one");
            before = spool.epoch();
        }
        byte[] junk = new byte[8192];
        Arrays.fill(junk, (byte) 'x');
        Files.write(temp.resolve("spool/spool.db"), junk);

        try (Spool spool = open()) {
            assertThat(spool.epoch()).isNotEqualTo(before);
            assertThat(envelopes(spool)).singleElement().satisfies(
                    envelope -> assertThat(envelope.event()).isInstanceOfSatisfying(
                            ObservationGap.class, gap -> assertThat(gap.reason()).isEqualTo(new SpoolDamaged())));
        }
        try (Stream<Path> files = Files.list(temp.resolve("spool"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("spool.db.damaged-")))
                    .singleElement().satisfies(file -> assertThat(file).hasBinaryContent(junk));
        }
    }

    /** Until it has grown, all of a spool is in SQLite's log, and SQLite passes over what is damaged there without a word. */
    @ParameterizedTest
    @ValueSource(ints = {32, 60, 4_000, 8_200})
    void a_spool_whose_log_is_damaged_from_its_beginning_keeps_its_agent_and_says_so(int from) throws Exception {
        String agent;
        Path copy = temp.resolve("copy");
        try (Spool spool = open()) {
            record(spool, "one", "two");
            agent = spool.agent();
            copyAsKilled(spool.path(), copy);
        }
        byte[] log = Files.readAllBytes(copy.resolve("spool.db-wal"));
        Random random = new Random(from);
        for (int i = 0; i < 20; i++) {
            log[from + random.nextInt(2_000)] ^= (byte) 0x5a;
        }
        Files.write(copy.resolve("spool.db-wal"), log);

        try (Spool spool = Spool.open(copy, "navbot", "staging", null, clock)) {
            assertThat(spool.agent()).isEqualTo(agent);
            assertThat(envelopes(spool)).singleElement().satisfies(
                    envelope -> assertThat(envelope.event()).isInstanceOfSatisfying(
                            ObservationGap.class, gap -> assertThat(gap.reason()).isEqualTo(new SpoolDamaged())));
        }
        try (Stream<Path> files = Files.list(copy)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(file -> file.startsWith("spool.db-wal.damaged-"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 60, 130})
    void an_epoch_of_many_events_is_renewed_in_their_order(long acknowledged) {
        try (Spool spool = open()) {
            record(spool, IntStream.rangeClosed(1, 130).mapToObj(i -> "event " + i).toArray(String[]::new));
            spool.acknowledge(spool.epoch(), acknowledged);

            spool.renew(1, new SpoolDamaged());

            List<AgentEnvelope> pending = envelopes(spool);
            assertThat(pending).extracting(AgentEnvelope::sequence)
                    .isEqualTo(LongStream.rangeClosed(1, 131 - acknowledged).boxed().toList());
            assertThat(pending).extracting(AgentEnvelope::epoch).containsOnly(spool.epoch());
            assertThat(pending.subList(1, pending.size())).extracting(AgentEnvelope::event).isEqualTo(
                    LongStream.rangeClosed(acknowledged + 1, 130).mapToObj(i -> named("event " + i)).toList());
            assertThat(spool.pending()).isEqualTo(131 - acknowledged);
            record(spool, "later");
            assertThat(envelopes(spool).getLast().sequence()).isEqualTo(132 - acknowledged);
        }
    }

    @Test
    void a_full_spool_takes_nothing_until_the_ledger_has_acknowledged_enough() {
        try (Spool spool = open()) {
            spool.limitTo(1 << 20);
            String large = "x".repeat(9_000);
            assertThatThrownBy(() -> {
                while (spool.pending() < 1_000) {
                    record(spool, large);
                }
            }).isInstanceOfSatisfying(SpoolFailure.class, e -> assertThat(e.reason()).isEqualTo(Cause.LIMIT))
                    .hasMessageContaining("is full: 1 MB of events wait for the ledger");
            long waiting = spool.pending();
            assertThat(waiting).isBetween(60L, 130L);
            // What the agent remembers replaces what it remembered.
            spool.record(spool.epoch(), List.of(), Map.of(Memory.LAST_OBSERVATION, bytes("seen")));

            spool.acknowledge(spool.epoch(), waiting / 2);
            record(spool, large);
            assertThat(spool.pending()).isEqualTo(waiting - waiting / 2 + 1);
        }
    }

    /** A folder that was moved is the same spool; where the other one goes on, the ledger notices by its sequence. */
    @Test
    void a_copy_of_a_spool_goes_on_as_the_same_agent_in_the_same_epoch() throws Exception {
        Path copy = temp.resolve("copy");
        try (Spool spool = open(); Stream<Path> files = Files.list(spool.path())) {
            record(spool, "one", "two");
            spool.acknowledge(spool.epoch(), 1);
            Files.createDirectory(copy);
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
            try (Spool moved = Spool.open(copy, "navbot", "staging", null, clock)) {
                assertThat(moved.agent()).isEqualTo(spool.agent());
                assertThat(moved.epoch()).isEqualTo(spool.epoch());
                assertThat(reasons(moved)).containsExactly("2 two");
                record(moved, "three");
                record(spool, "another three");
                assertThat(envelopes(moved).getLast().eventId()).isNotEqualTo(envelopes(spool).getLast().eventId());
            }
        }
    }

    /** The file itself, after SQLite has moved its log there. */
    @ParameterizedTest
    @MethodSource("seeds")
    void a_damaged_file_never_makes_another_agent_and_never_ends_one(int seed) throws Exception {
        String agent;
        UUID epoch;
        List<String> recorded;
        try (Spool spool = open()) {
            for (int i = 0; i < 20; i++) {
                record(spool, "event " + i + " " + "x".repeat(1_000));
            }
            agent = spool.agent();
            epoch = spool.epoch();
            recorded = reasons(spool);
        }
        Path file = temp.resolve("spool/spool.db");
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(seed);
        if (seed % 4 == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        } else {
            for (int i = 0; i < 1 + seed % 30; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
        }
        Files.write(file, bytes);

        try (Spool spool = open()) {
            assertThat(spool.agent()).isEqualTo(agent);
            List<AgentEnvelope> left = envelopes(spool);
            if (spool.epoch().equals(epoch)) {
                assertThat(left).hasSize(recorded.size()).allSatisfy(it -> assertThat(
                        it.event() instanceof ObservationGap || recorded.contains(reason(it))).isTrue());
            } else {
                assertThat(left.getFirst().event()).isInstanceOf(ObservationGap.class);
            }
            spool.renew(1, new SpoolDamaged());
            record(spool, "later");
        }
    }

    /** At any place of damage, all is there but perhaps the last, or a gap says that it is not. */
    @ParameterizedTest
    @MethodSource("seeds")
    void a_damaged_log_never_makes_another_agent(int seed) throws Exception {
        String agent;
        UUID epoch;
        List<String> recorded;
        Path copy = temp.resolve("copy");
        try (Spool spool = open()) {
            for (int i = 0; i < 20; i++) {
                record(spool, "event " + i);
            }
            agent = spool.agent();
            epoch = spool.epoch();
            recorded = reasons(spool);
            copyAsKilled(spool.path(), copy);
        }
        byte[] log = Files.readAllBytes(copy.resolve("spool.db-wal"));
        Random random = new Random(seed);
        if (seed % 8 == 7) {
            log = Arrays.copyOf(log, random.nextInt(log.length));
        } else {
            for (int i = 0; i < 1 + seed % 20; i++) {
                log[random.nextInt(log.length)] ^= (byte) (1 + random.nextInt(255));
            }
        }
        Files.write(copy.resolve("spool.db-wal"), log);

        try (Spool spool = Spool.open(copy, "navbot", "staging", null, clock)) {
            assertThat(spool.agent()).isEqualTo(agent);
            if (spool.epoch().equals(epoch)) {
                // The last transaction alone can be one that a crash cut off. A log that is shorter is that of an earlier moment, memory included.
                int left = (int) spool.pending();
                assertThat(left).isGreaterThanOrEqualTo(seed % 8 == 7 ? 0 : recorded.size() - 1);
                assertThat(reasons(spool)).isEqualTo(recorded.subList(0, left));
            } else {
                assertThat(envelopes(spool).getFirst().event()).isInstanceOf(ObservationGap.class);
            }
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @Test
    void a_deleted_spool_keeps_its_agent_and_says_so() throws Exception {
        String agent;
        try (Spool spool = open()) {
            record(spool, "one");
            agent = spool.agent();
        }
        Files.delete(temp.resolve("spool/spool.db"));
        try (Spool spool = open()) {
            assertThat(spool.agent()).isEqualTo(agent);
            assertThat(envelopes(spool).getFirst().event()).isInstanceOf(ObservationGap.class);
        }
    }

    @Test
    void a_folder_that_was_deleted_or_replaced_meanwhile_is_noticed() throws Exception {
        try (Spool spool = open()) {
            assertThat(spool.isThere()).isTrue();
            Files.move(temp.resolve("spool"), temp.resolve("elsewhere"));
            assertThat(spool.isThere()).isFalse();
            open().close();
            assertThat(spool.isThere()).isFalse();
        }
    }

    /** As kill -9 leaves it: SQLite tidies up when it is closed. */
    private static void copyAsKilled(Path spool, Path copy) throws IOException {
        Files.createDirectory(copy);
        for (String file : List.of("spool.db", "spool.db-wal", "agent")) {
            Files.copy(spool.resolve(file), copy.resolve(file));
        }
    }

    @Test
    void a_folder_that_cannot_be_used_is_one_sentence() throws IOException {
        Files.writeString(temp.resolve("file"), "no folder");
        assertThatThrownBy(() -> Spool.open(temp.resolve("file"), "navbot", "staging", null, clock))
                .isInstanceOfSatisfying(CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageContaining("cannot be used").hasMessageContaining("--spool DIR");
    }

    @Test
    void ids_grow_even_if_the_clock_is_moved_back() {
        UUID last = new UUID(0, 0);
        GrowingIds ids = new GrowingIds(clock, 0);
        for (int i = 0; i < 20_000; i++) {
            if (i == 5_000) {
                clock.move(Duration.ofDays(-1));
            }
            if (i == 15_000) {
                clock.move(Duration.ofDays(2));
            }
            UUID next = ids.next();
            assertThat(next.version()).isEqualTo(7);
            assertThat(next.variant()).isEqualTo(2);
            assertThat(next.toString()).isGreaterThan(last.toString());
            last = next;
        }
        assertThat(new GrowingIds(clock, ids.last()).next().toString()).isGreaterThan(last.toString());
        assertThat(ids.last() >>> 12).isBetween(clock.millis(), clock.millis() + 2);
    }

    private Spool open() {
        return Spool.open(temp.resolve("spool"), "navbot", "staging", null, clock);
    }

    private void record(Spool spool, String... reasons) {
        assertThat(spool.record(spool.epoch(), facts(reasons), Map.of())).isPresent();
    }

    private List<ObservedFact> facts(String... reasons) {
        return Stream.of(reasons)
                .map(reason -> ObservedFact.now(clock.instant(), named(reason)))
                .toList();
    }

    private static List<AgentEnvelope> envelopes(Spool spool) {
        return spool.next(1_000, Long.MAX_VALUE).stream()
                .map(pending -> ContractJson.read(pending.envelope(), AgentEnvelope.class))
                .toList();
    }

    private static List<String> reasons(Spool spool) {
        return envelopes(spool).stream()
                .map(SpoolTest::reason)
                .toList();
    }

    private static String reason(AgentEnvelope envelope) {
        return envelope.sequence() + " " + ((VersionTableObserved) envelope.event()).table().name();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static AgentEvent named(String name) {
        return new VersionTableObserved(new VersionTable(name, VersionTable.State.MISSING, List.of()));
    }
}
