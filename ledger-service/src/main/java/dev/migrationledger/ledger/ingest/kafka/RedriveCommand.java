package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.kafka.ParkedEnvironment;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.PlainText;
import dev.migrationledger.ledger.recording.stream.StreamId.Environment;
import dev.migrationledger.ledger.view.RebuildViews;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * {@code java -jar ledger-service.jar redrive [PROJECT/ENVIRONMENT] [--list|--refuse]}: records what is parked, in order, lists it, or refuses it for
 * good. Settings of Spring Boot may follow.
 */
public final class RedriveCommand {

    public static final String COMMAND = "redrive";

    /** After {@code --refuse}, agents have this time to send again, and to keep aside what is refused. */
    private static final Duration REFUSING = Duration.ofHours(1);

    private static final String LIST = "--list";
    private static final String REFUSE = "--refuse";
    private static final int DONE = 0;
    private static final int STILL_REFUSED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int COULD_NOT_TELL = 3;

    private RedriveCommand() {}

    /**
     * Starts what of the ledger is needed, and stops it again.
     *
     * @param arguments after the command's name
     * @return the exit code: 0 nothing is parked any more; 1 something is; 2 wrong usage; 3 the ledger's database cannot be used
     */
    public static int run(SpringApplication ledger, List<String> arguments, PrintStream out, PrintStream err) {
        List<String> names = arguments.stream().filter(it -> !it.startsWith("--")).toList();
        List<String> settings = arguments.stream()
                .filter(it -> it.startsWith("--") && !it.equals(LIST) && !it.equals(REFUSE)).toList();
        boolean refuse = arguments.contains(REFUSE);
        if (names.size() > 1 || !names.stream().allMatch(it -> it.matches("[^/]+/[^/]+"))
                || (refuse && (names.isEmpty() || arguments.contains(LIST)))
                || settings.stream().anyMatch(it -> !it.contains("="))) {
            err.println("Use: " + COMMAND
                    + " [PROJECT/ENVIRONMENT] [--list] [--<setting>=<value>]..., or: " + COMMAND
                    + " PROJECT/ENVIRONMENT --refuse [--<setting>=<value>]...");
            return WRONG_USAGE;
        }
        try (ConfigurableApplicationContext context = RebuildViews.start(ledger, settings)) {
            ParkedRecords parked = context.getBean(ParkedRecords.class);
            List<ParkedEnvironment> waiting = parked.waiting().stream()
                    .filter(it -> names.isEmpty() || names.contains(place(it).toString())).toList();
            if (waiting.isEmpty()) {
                out.println(names.isEmpty()
                        ? "Nothing is parked."
                        : "Nothing of %s is parked.".formatted(names.getFirst()));
                return DONE;
            }
            if (arguments.contains(LIST)) {
                waiting.forEach(it -> out.println(PlainText.of(line(it))));
                return STILL_REFUSED;
            }
            if (refuse) {
                Environment place = place(waiting.getFirst());
                int removed = parked.refuse(place, Instant.now().plus(REFUSING));
                out.printf(
                        "Refused %d batches of %s. For an hour, its agents keep aside what the ledger refuses, and send the rest.%n",
                        removed, place);
                return DONE;
            }
            return redrive(context.getBean(ParkedSequences.class), waiting, out);
        } catch (RuntimeException e) {
            err.println("Could not finish: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return COULD_NOT_TELL;
        }
    }

    private static int redrive(ParkedSequences sequences, List<ParkedEnvironment> waiting, PrintStream out) {
        boolean all = true;
        for (ParkedEnvironment one : waiting) {
            ParkedSequences.Outcome outcome = sequences.redrive(place(one));
            Problem problem = outcome.problem();
            out.println(PlainText.of(problem == null
                    ? "%s: recorded %d batches.".formatted(place(one), outcome.recorded())
                    : "%s: recorded %d batches; the next one is still refused (%s): %s".formatted(place(one),
                            outcome.recorded(), problem.code(), problem.detail())));
            all &= problem == null;
        }
        return all ? DONE : STILL_REFUSED;
    }

    private static Environment place(ParkedEnvironment it) {
        return new Environment(it.project(), it.environment());
    }

    private static String line(ParkedEnvironment it) {
        return "%s: %d batches since %s. Sequence %d of agent '%s' is refused (%s): %s".formatted(place(it),
                it.batches(), it.since(), it.sequence(), it.agent(), it.code(), it.detail());
    }
}
