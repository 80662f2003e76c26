package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.text.PlainText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RetireEnvironment;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.recording.view.OutdatedViewRebuild;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * {@code java -jar ledger-service.jar retire-environment PROJECT/ENVIRONMENT --reason=TEXT [--by=NAME]}: says that an environment is not used
 * any more. Settings of Spring Boot may follow.
 */
public final class RetireCommand {

    public static final String COMMAND = "retire-environment";

    private static final String REASON = "--reason=";
    private static final String BY = "--by=";
    private static final int DONE = 0;
    private static final int NOT_THERE = 1;
    private static final int WRONG_USAGE = 2;
    private static final int COULD_NOT_TELL = 3;

    /** As long as any other text of an event may be that people read. */
    private static final int LONGEST = 1_000;

    private RetireCommand() {}

    /**
     * Starts what of the ledger is needed, and stops it again.
     *
     * @param arguments after the command's name
     * @return the exit code: 0 retired; 1 there is no such environment, or it is retired already; 2 wrong usage; 3 nothing was changed,
     *     because the ledger's database cannot be used
     */
    public static int run(SpringApplication ledger, List<String> arguments, PrintStream out, PrintStream err) {
        String[] name = arguments.isEmpty() ? new String[0] : arguments.getFirst().split("/", -1);
        Optional<String> reason = option(arguments, REASON);
        String by = option(arguments, BY).orElseGet(() -> System.getProperty("user.name", "unknown"));
        List<String> settings = arguments.stream().skip(1)
                .filter(it -> !it.startsWith(REASON) && !it.startsWith(BY))
                .toList();
        if (name.length != 2 || reason.isEmpty()
                || !RebuildViews.areSettings(settings)) {
            err.println("Use: " + COMMAND + " PROJECT/ENVIRONMENT --reason=TEXT [--by=NAME] [--<setting>=<value>]...");
            return WRONG_USAGE;
        }
        if (reason.get().length() > LONGEST || by.length() > LONGEST) {
            err.printf("The reason has %,d characters and the name %,d; use at most %,d.%n",
                    reason.get().length(), by.length(), LONGEST);
            return WRONG_USAGE;
        }
        try (ConfigurableApplicationContext context = RebuildViews.start(ledger, settings)) {
            return retire(context, name[0], name[1], by, Redaction.of(reason.get()), out, err);
        } catch (RuntimeException e) {
            err.println("Nothing was retired; see the problem above.");
            return COULD_NOT_TELL;
        }
    }

    private static Optional<String> option(List<String> arguments, String option) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(option))
                .map(argument -> argument.substring(option.length()).strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static int retire(
            ConfigurableApplicationContext context, String project, String environment, String by, String reason,
            PrintStream out, PrintStream err) {
        EnvironmentViews views = context.getBean(EnvironmentViews.class);
        int events;
        try {
            // An older ledger may have stored them in another form, and no ledger started since.
            context.getBean(OutdatedViewRebuild.class).ensure();
            EnvironmentView view = views.find(project, environment)
                    .orElseThrow(() -> NotFound.environment(project, environment, views));
            events = context.getBean(EnvironmentCommands.class)
                    .retire(new RetireEnvironment(project, environment, by, reason, view.observedAt(), Instant.now(),
                            new SecureRandom().nextLong()))
                    .size();
        } catch (Refusal notFound) {
            err.println(PlainText.of(notFound.problem().detail()));
            return NOT_THERE;
        } catch (RuntimeException e) {
            err.println("Nothing was retired: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return COULD_NOT_TELL;
        }
        if (events == 0) {
            err.printf("%s/%s is already retired; nothing was changed.%n", project, environment);
            return NOT_THERE;
        }
        out.printf("%s/%s is retired; divergences closed: %d.%n", project, environment, events - 1);
        Liveness liveness = context.getBean(Liveness.class);
        liveness.heartbeats(project, List.of(environment))
                .getOrDefault(environment, Map.of())
                .forEach((agent, at) -> {
                    if (at.isAfter(Instant.now().minusSeconds(WATCHED_SECONDS))) {
                        out.printf(
                                "Last heartbeat from its agent %s at %s. Stop the agent: its next event brings the environment back.%n",
                                PlainText.of(agent), at);
                    }
                });
        return DONE;
    }

    /** An agent that watches is heard every 30 seconds. */
    private static final int WATCHED_SECONDS = 120;
}
