package dev.migrationledger.agent.run;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command as a process that shares this one's input, output and signals. */
final class Child {

    private static final int NO_SUCH_COMMAND = 127;
    private static final int CANNOT_BE_STARTED = 126;

    private static final Pattern ANSWER = Pattern.compile("error[=:] ?(\\d+)");
    private static final String ENOENT = "2";
    private static final String EACCES = "13";

    private final ProcessBuilder builder;
    private final String name;

    /** @param variables set in addition to those of this process */
    Child(List<String> command, Map<String, String> variables) {
        this.builder = new ProcessBuilder(command).inheritIO();
        this.builder.environment().putAll(variables);
        this.name = command.getFirst();
    }

    /**
     * How it ended.
     *
     * @param exitCode 128 and the signal's number where a signal ended it, as in a shell
     * @param problem why it was not even started
     */
    record End(int exitCode, Optional<String> problem) {}

    End run() throws InterruptedException {
        try (Signals signals = Signals.hold()) {
            Process process = builder.start();
            signals.passTo(process);
            return new End(process.waitFor(), Optional.empty());
        } catch (IOException e) {
            return notStarted(String.valueOf(e.getMessage()));
        }
    }

    /** Java has the operating system's answer in its message only, and writes it in more than one way. */
    private End notStarted(String message) {
        Matcher answer = ANSWER.matcher(message);
        String number = answer.find() ? answer.group(1) : "";
        // A folder of the search path that may not be entered makes the system say EACCES of what is nowhere, too.
        boolean nowhere = number.equals(ENOENT) || (number.equals(EACCES) && !name.contains("/") && !onSearchPath());
        if (nowhere) {
            return new End(NO_SUCH_COMMAND, Optional.of("command '%s' does not exist.".formatted(name)));
        }
        return switch (number) {
            case EACCES -> new End(CANNOT_BE_STARTED,
                    Optional.of("'%s' cannot be started: permission denied.".formatted(name)));
            default -> new End(CANNOT_BE_STARTED,
                    Optional.of("'%s' cannot be started: %s.".formatted(name, message)));
        };
    }

    private boolean onSearchPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(builder.environment().getOrDefault("PATH", ""))
                .anyMatch(folder -> new File(folder, name).exists());
    }
}
