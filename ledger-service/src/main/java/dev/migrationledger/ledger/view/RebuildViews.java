package dev.migrationledger.ledger.view;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code java -jar ledger-service.jar rebuild-views [--check]}: makes every view anew from the events, or only says which are
 * not what their events make of them. Settings of Spring Boot ({@code --spring.datasource.url=…}) may follow.
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
        List<String> settings = arguments.stream().filter(argument -> !argument.equals(CHECK)).toList();
        for (String setting : settings) {
            if (!setting.startsWith("--") || !setting.contains("=")) {
                err.println(
                        "'" + setting + "' is not known here; use: " + COMMAND + " [--check] [--<setting>=<value>]...");
                return WRONG_USAGE;
            }
        }
        ledger.setWebApplicationType(WebApplicationType.NONE);
        ledger.setLogStartupInfo(false);
        ledger.setDefaultProperties(Map.of("logging.level.root", "warn"));
        try (ConfigurableApplicationContext context = ledger.run(settings.toArray(String[]::new))) {
            ViewRebuild views = context.getBean(ViewRebuild.class);
            return arguments.contains(CHECK) ? check(views, out) : rebuild(views, out);
        } catch (RuntimeException e) {
            // Spring has said on stderr what kept it from starting.
            err.println("The views could not be read: " + e.getMessage());
            return COULD_NOT_TELL;
        }
    }

    private static int rebuild(ViewRebuild views, PrintStream out) {
        ViewRebuild.Outcome outcome = views.rebuild();
        say(outcome, "made anew", out);
        return FINE;
    }

    private static int check(ViewRebuild views, PrintStream out) {
        ViewRebuild.Outcome outcome = views.check();
        say(outcome, "left as they are; run " + COMMAND + " to make them anew", out);
        return outcome.differing().isEmpty() ? FINE : DIFFERENT;
    }

    private static void say(ViewRebuild.Outcome outcome, String done, PrintStream out) {
        out.printf("Read %,d events of %,d environments.%n", outcome.events(), outcome.environments());
        if (outcome.differing().isEmpty()) {
            out.println("Every view is what its events make of it.");
        } else {
            out.printf("%,d views differed from their events and were %s:%n", outcome.differing().size(), done);
            outcome.differing().forEach(name -> out.println("  " + name));
        }
    }
}
