package dev.migrationledger.testsupport.alembic;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Python that has loaded Alembic once, and runs each command line in a child of its own: as in a shell, but at once. */
public final class PreloadedAlembic implements AutoCloseable {

    private static final String DRIVER = """
            import json, os, sys
            sys.path.remove("")
            import alembic.command, alembic.config, alembic.runtime.environment, psycopg2
            import sqlalchemy.dialects.postgresql, sqlalchemy.ext.compiler
            for line in sys.stdin:
                request = json.loads(line)
                reading, writing = os.pipe()
                child = os.fork()
                if child == 0:
                    os.dup2(writing, 1)
                    os.dup2(writing, 2)
                    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                    os.close(reading)
                    os.chdir(request["folder"])
                    os.environ.update(request["environment"])
                    code = 1
                    try:
                        alembic.config.main(argv=request["arguments"], prog="alembic")
                        code = 0
                    except SystemExit as e:
                        code = e.code if isinstance(e.code, int) else 0 if e.code is None else 1
                    except BaseException:
                        import traceback
                        traceback.print_exc()
                    sys.stdout.flush()
                    sys.stderr.flush()
                    os._exit(code)
                os.close(writing)
                with os.fdopen(reading, errors="replace") as output:
                    said = output.read()
                code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                print(json.dumps({"code": code, "said": said}), flush=True)
            """;

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final JsonMapper json = new JsonMapper();

    /** How a command ended and what it wrote. */
    public record Answer(int code, String output) {}

    private record Request(String folder, Map<String, String> environment, List<String> arguments) {}

    public PreloadedAlembic(String python) throws IOException {
        this(python, Map.of());
    }

    /** With further environment variables. */
    public PreloadedAlembic(String python, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(python, "-c", DRIVER)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(List.of("ALEMBIC_CONFIG", "DATABASE_URL"));
        builder.environment().putAll(environment);
        process = builder.start();
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** As if typed in a folder. */
    public Answer run(Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
        requests.write(json.writeValueAsString(new Request(folder.toString(), environment, arguments)) + "\n");
        requests.flush();
        JsonNode answer = json.readTree(String.valueOf(answers.readLine()));
        return new Answer(answer.get("code").asInt(), answer.get("said").asString());
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.onExit().join();
    }
}
