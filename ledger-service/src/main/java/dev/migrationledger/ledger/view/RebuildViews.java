package dev.migrationledger.ledger.view;

import dev.migrationledger.ledger.recording.view.ViewRebuild;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * {@code java -jar ledger-service.jar rebuild-views [--check]}: rebuilds every view from the events, or only says which
 * differ from them. Settings of Spring Boot ({@code --spring.datasource.url=…}) may follow.
 */
public final class RebuildViews {

    public static final String COMMAND = "rebuild-views";

    private static final String CHECK = "--check";
    private static final int FINE = 0;
    private static final int DIFFERENT = 1;
    private static final int WRONG_USAGE = 2;
    private static final int COULD_NOT_TELL = 3;

    private RebuildViews() {}

    /**
     * Starts what of the ledger is needed, and stops it again.
     *
     * @param arguments after the command's name
     * @return the exit code: 0 rebuilt, or equal; 1 different, with {@code --check} alone; 2 wrong usage; 3 could not tell
     */
    public static int run(SpringApplication ledger, List<String> arguments, PrintStream out, PrintStream err) {
        List<String> settings = new ArrayList<>(
                arguments.stream().filter(argument -> !argument.equals(CHECK)).toList());
        for (String setting : settings) {
            if (!setting.startsWith("--") || !setting.contains("=")) {
                err.println(
                        "Unknown argument '" + setting + "'; use: " + COMMAND + " [--check] [--<setting>=<value>]...");
                return WRONG_USAGE;
            }
        }
        try (ConfigurableApplicationContext context = start(ledger, settings)) {
            return run(context.getBean(ViewRebuild.class), arguments.contains(CHECK), out, err);
        } catch (RuntimeException e) {
            err.println("Could not read the views; see the problem above.");
            return COULD_NOT_TELL;
        }
    }

    /** Whether these are settings of Spring Boot, as on the command line. */
    public static boolean areSettings(List<String> arguments) {
        return arguments.stream().allMatch(it -> it.startsWith("--") && it.contains("="));
    }

    /** Of the ledger what a command needs: it evaluates nothing and listens to nobody; that is for a ledger that runs. */
    public static ConfigurableApplicationContext start(SpringApplication ledger, List<String> settings) {
        ledger.setWebApplicationType(WebApplicationType.NONE);
        ledger.addInitializers(new RunningPostgres());
        // What keeps it from starting is said once, by Spring's failure analysis.
        ledger.setDefaultProperties(Map.of(
                "logging.level.root", "warn", "logging.level.org.springframework.context.annotation", "error"));
        // A command may wait for the locks of a ledger that runs, and take its time, which no request may.
        return ledger.run(Stream.concat(
                settings.stream(),
                Stream.of("--ledger.automations=false", "--ledger.kafka.consumers=0",
                        "--spring.datasource.hikari.connection-init-sql=set statement_timeout = 0",
                        "--spring.datasource.hikari.data-source-properties.socketTimeout=0"))
                .toArray(String[]::new));
    }

    private static int run(ViewRebuild views, boolean check, PrintStream out, PrintStream err) {
        try {
            return check ? check(views, out) : rebuild(views, out);
        } catch (RuntimeException e) {
            err.println("No view was changed: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return COULD_NOT_TELL;
        }
    }

    private static int rebuild(ViewRebuild views, PrintStream out) {
        ViewRebuild.Outcome outcome = views.rebuild();
        print(outcome, "Rebuilt views that differed from their events: %,d%n", out);
        return FINE;
    }

    private static int check(ViewRebuild views, PrintStream out) {
        ViewRebuild.Outcome outcome = views.check();
        print(outcome, "Views that differ from their events: %,d. Run " + COMMAND + " to rebuild them.%n", out);
        return outcome.differing().isEmpty() ? FINE : DIFFERENT;
    }

    private static void print(ViewRebuild.Outcome outcome, String differing, PrintStream out) {
        out.printf("Events read: %,d. Environments: %,d.%n", outcome.events(), outcome.environments());
        if (outcome.differing().isEmpty()) {
            out.println("All views are consistent with the events.");
        } else {
            out.printf(differing, outcome.differing().size());
            outcome.differing().forEach(name -> out.println("  " + name));
        }
    }
}
