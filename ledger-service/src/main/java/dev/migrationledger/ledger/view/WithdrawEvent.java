package dev.migrationledger.ledger.view;

import dev.migrationledger.ledger.recording.store.EventWithdrawal;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * {@code java -jar ledger-service.jar withdraw-event ID --reason=TEXT}: takes the content of an event away that must not stay (it harms
 * the ledger, or the law forbids to keep it), and rebuilds the views without it. Settings of Spring Boot may follow.
 */
public final class WithdrawEvent {

    public static final String COMMAND = "withdraw-event";

    private static final String REASON = "--reason=";
    private static final int DONE = 0;
    private static final int NOT_THERE = 1;
    private static final int WRONG_USAGE = 2;
    private static final int COULD_NOT_TELL = 3;

    private WithdrawEvent() {}

    /**
     * Starts what of the ledger is needed, and stops it again.
     *
     * @param arguments after the command's name
     * @return the exit code: 0 withdrawn; 1 there is no such event, or its content is withdrawn already; 2 wrong usage; 3 nothing was
     *     changed, because the ledger's database cannot be used
     */
    public static int run(SpringApplication ledger, List<String> arguments, PrintStream out, PrintStream err) {
        Optional<UUID> event = arguments.stream().findFirst().flatMap(WithdrawEvent::id);
        Optional<String> reason = arguments.stream()
                .filter(argument -> argument.startsWith(REASON))
                .map(argument -> argument.substring(REASON.length()).strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
        List<String> settings = arguments.stream().skip(1).filter(it -> !it.startsWith(REASON)).toList();
        if (event.isEmpty() || reason.isEmpty()
                || !RebuildViews.areSettings(settings)) {
            err.println("Use: " + COMMAND + " EVENT-ID --reason=TEXT [--<setting>=<value>]...");
            return WRONG_USAGE;
        }
        try (ConfigurableApplicationContext context = RebuildViews.start(ledger, settings)) {
            return withdraw(context, event.get(), reason.get(), out, err);
        } catch (RuntimeException e) {
            err.println("Nothing was withdrawn; see the problem above.");
            return COULD_NOT_TELL;
        }
    }

    private static int withdraw(
            ConfigurableApplicationContext context, UUID event, String reason, PrintStream out, PrintStream err) {
        EventWithdrawal events = context.getBean(EventWithdrawal.class);
        AtomicReference<String> environment = new AtomicReference<>("");
        try {
            boolean done = context.getBean(ViewRebuild.class).rebuild(() -> {
                Optional<String> withdrawn = events.withdraw(event, reason, Instant.now());
                withdrawn.ifPresent(environment::set);
                return withdrawn.isPresent();
            }).isPresent();
            if (!done) {
                err.println("Event " + event + " does not exist or has no content; nothing was changed.");
                return NOT_THERE;
            }
        } catch (RuntimeException e) {
            err.println("Nothing was withdrawn: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return COULD_NOT_TELL;
        }
        out.printf(
                "Withdrew the content of event %s of %s and rebuilt the views; its place in the sequence stays.%n",
                event, environment.get());
        return DONE;
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
