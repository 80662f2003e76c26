package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.ToolFailure;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.ToolInvocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls of Alembic itself, and what it writes when it fails. */
final class AlembicCalls {

    private static final Pattern SCRIPT = Pattern.compile(
            "^\\s+File \"(?:[^\"]*/)?([^\"/]+\\.py)\", line \\d+, in (?:upgrade|<module>)\\b.*");

    private static final String TRACEBACK = "Traceback (most recent call last):";

    /** Alembic's own errors are one such line. */
    private static final String FAILED = "FAILED: ";

    private AlembicCalls() {}

    /**
     * A command line.
     *
     * @param arguments of {@code -x}, secrets included
     * @param program none: as it is installed
     */
    static List<String> call(
            ToolInvocation invocation, List<String> arguments, List<String> program, List<String> words) {
        List<String> config = invocation.config();
        if (config == null) {
            throw CommandFailure.usage(
                    "Alembic needs the project's configuration to run; name it with --config instead of --scripts.");
        }
        List<String> call = new ArrayList<>(program);
        List<String> options = new ArrayList<>();
        boolean flask = invocation.program() == Program.FLASK_MIGRATE;
        for (String file : config) {
            options.addAll(flask ? List.of("-d", folder(file)) : List.of("-c", file));
        }
        if (!flask && invocation.section() != null) {
            options.addAll(List.of("-n", invocation.section()));
        }
        arguments.forEach(argument -> options.addAll(List.of("-x", argument)));
        if (flask) {
            // Its options stand behind the command's name.
            call.addAll(program.isEmpty() ? List.of("flask", "db") : List.of());
            call.add(words.getFirst());
            call.addAll(options);
            call.addAll(words.subList(1, words.size()));
        } else {
            call.addAll(program.isEmpty() ? List.of("alembic") : List.of());
            call.addAll(options);
            call.addAll(words);
        }
        return call;
    }

    private static String folder(String file) {
        Path parent = Path.of(file).getParent();
        return parent == null ? "." : parent.toString();
    }

    /** What the output of a failed command says. Of Python's tracebacks the last one counts: it names the error that ended all. */
    static ToolFailure failure(String output) {
        List<String> lines = output.lines().toList();
        int last = lines.lastIndexOf(TRACEBACK);
        String error = last < 0 ? ownError(lines) : tracedError(lines.subList(last + 1, lines.size()));
        return new ToolFailure(script(lines), error);
    }

    private static String ownError(List<String> lines) {
        return lines.stream().map(String::strip).filter(line -> line.startsWith(FAILED))
                .map(line -> line.substring(FAILED.length())).findFirst()
                .orElseGet(() -> lines.stream().map(String::strip).filter(line -> !line.isEmpty())
                        .reduce((_, line) -> line).orElse("no output"));
    }

    private static String tracedError(List<String> lines) {
        return lines.stream().filter(line -> !line.isBlank() && !line.startsWith(" ")).findFirst()
                .orElse("no error is named");
    }

    /** The script that was running: the last one that stands in any traceback. */
    private static @Nullable String script(List<String> lines) {
        String script = null;
        for (String line : lines) {
            Matcher found = SCRIPT.matcher(line);
            if (found.matches() && !found.group(1).equals("env.py")) {
                script = found.group(1);
            }
        }
        return script;
    }
}
