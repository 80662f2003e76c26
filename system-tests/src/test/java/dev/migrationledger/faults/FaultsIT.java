package dev.migrationledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Databases are migrated while agents, two ledgers, a Kafka broker and both PostgreSQLs are killed and paused, disks are full and clocks are moved. Afterwards everything is
 * recorded once and in order, and nothing that is called certain is wrong. {@code mvn -Pfaults verify} runs a long plan alone, {@code -Dfaults.seed=S -Dfaults.number=N} another
 * one. The plan is the seed's, when each fault meets a process is the machine's.
 */
@Order(2)
@EnabledOnOs(OS.LINUX)
class FaultsIT {

    private static final long SEED = Long.getLong("faults.seed", 1);

    /** A short plan by default: every build runs it. */
    private static final int NUMBER = Integer.getInteger("faults.number", 8);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Random random = new Random(SEED);
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private Set<Fault> possible = Set.of();
    private final List<Fault> next = new ArrayList<>();
    private final List<MigratedDatabase> databases = new ArrayList<>();

    @Test
    void everything_is_recorded_once_in_order_and_nothing_certain_is_wrong() throws Exception {
        FaultScripts scripts = FaultScripts.of(random);
        try (Machines machines = new Machines(folder, scripts.writeTo(folder.resolve("project")))) {
            for (String name : Machines.ENVIRONMENTS) {
                databases.add(machines.database(name, scripts, new Random(random.nextLong())));
            }
            possible = EnumSet.allOf(Fault.class);
            possible.removeAll(machines.impossible());
            machines.impossible()
                    .forEach(fault -> System.out.println("left out, this machine does not allow it: " + fault));
            for (int i = 0; i < NUMBER; i++) {
                migrate(3);
                Pause.millis(random.nextInt(700));
                strike(machines, fault());
                migrate(3);
                Pause.millis(random.nextInt(1_500));
                machines.startAgain();
            }
            settle(machines);
            compare(machines);
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    "seed %d, faults %s, files in %s: %s".formatted(SEED, struck, folder, e.getMessage()), e);
        } finally {
            databases.forEach(MigratedDatabase::close);
        }
    }

    /** Each kind comes as often as every other. */
    private Fault fault() {
        if (next.isEmpty()) {
            next.addAll(possible);
            Collections.shuffle(next, random);
        }
        return next.removeLast();
    }

    private void migrate(int most) throws SQLException {
        for (int steps = random.nextInt(most + 1); steps > 0; steps--) {
            databases.get(random.nextInt(databases.size())).step();
        }
    }

    /** During steps. */
    private void strike(Machines machines, Fault fault) throws IOException, SQLException {
        machines.awaitTarget(fault);
        int delay = random.nextInt(40);
        Random chosen = new Random(random.nextLong());
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            Pause.millis(delay);
            try {
                machines.strike(fault, chosen);
            } catch (IOException e) {
                throw new CompletionException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        });
        for (MigratedDatabase database : databases) {
            database.step();
        }
        done.join();
        struck.merge(fault, 1, Integer::sum);
    }

    /** Until the ledger knows the last state of every database, and then one more. */
    private void settle(Machines machines) throws Exception {
        awaitRows(machines);
        for (MigratedDatabase database : databases) {
            database.end();
        }
        awaitRows(machines);
        machines.stopAgents();
    }

    private void awaitRows(Machines machines) throws SQLException {
        for (MigratedDatabase database : databases) {
            List<String> rows = List.copyOf(database.rows().keySet());
            machines.await("the rows %s of %s".formatted(rows, database.name()),
                    () -> machines.rows(database.name()).equals(Optional.of(rows)));
        }
    }

    private void compare(Machines machines) throws Exception {
        List<RecordedEvent> events = machines.recorded();
        CommitComparison comparison = new CommitComparison();
        comparison.sequences(events);
        int steps = 0;
        int committed = 0;
        for (MigratedDatabase database : databases) {
            String name = database.name();
            List<RecordedEvent> own = events.stream().filter(event -> name.equals(event.environment())).toList();
            if (name.equals(Machines.LOOKING)) {
                comparison.compareStates(name, own, database.committed());
            } else {
                comparison.captured(name, own, database.committed());
            }
            comparison.conclusions(name, own, database.committed(), machines.clockOffsets(name));
            steps += database.steps();
            committed += database.committed().size();
        }
        String views = machines.checkViews();
        String log = machines.checkLog();
        System.out.printf("seed %d: %d faults %s, %d steps, %d transactions, %d events, %s, views %s, log %s%n", SEED,
                NUMBER, struck, steps, committed, events.size(), comparison.counts(), views, log);
        comparison.presumedWrong().forEach(System.out::println);
        Files.write(folder.resolve("logs/recorded.txt"), events.stream().map(Object::toString).toList());
        assertThat(comparison.wrong()).isEmpty();
        assertThat(views).isEqualTo("equal");
        assertThat(log).isEqualTo("consistent");
        assertThat(comparison.counts()).as("something is told as certain").containsKeys(Machines.OWNED + " certain",
                Machines.EVENTS + " certain");
    }
}
