package dev.migrationledger.testsupport.alembic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A command that does what {@code python -m alembic} does, in a tenth of its processor time: a small Python hands its folder, its
 * environment and its open files to one that has loaded Alembic, which runs the command in a child of its own. To end the command does not
 * end the child: a test of that takes {@code python -m alembic} itself.
 */
public final class QuickAlembic {

    private static final String SERVER = """
            import marshal, os, select, signal, socket, sys
            sys.path.remove("")
            import alembic.command, alembic.config, alembic.runtime.environment, psycopg2, psycopg2.extras
            import sqlalchemy.dialects.postgresql, sqlalchemy.ext.compiler
            server = socket.socket(socket.AF_UNIX)
            server.bind(sys.argv[1])
            server.listen(50)
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            print("ready", flush=True)
            while 0 not in select.select([0, server], [], [])[0]:
                caller, _ = server.accept()
                if os.fork() > 0:
                    caller.close()
                    continue
                server.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                size, files, _, _ = socket.recv_fds(caller, 8, 3)
                with caller.makefile("rb") as request:
                    folder, environment, arguments = marshal.loads(request.read(int.from_bytes(size, "big")))
                for number, file in enumerate(files):
                    os.dup2(file, number)
                    os.close(file)
                sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
                sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)
                os.chdir(folder)
                os.environ.clear()
                os.environ.update(environment)
                sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in environment
                sys.path.insert(0, folder)
                sys.argv = [os.path.join(os.path.dirname(alembic.__file__), "__main__.py"), *arguments]
                code = 1
                try:
                    alembic.config.main(prog="alembic")
                    code = 0
                except SystemExit as e:
                    code = e.code if isinstance(e.code, int) else 0 if e.code is None else 1
                except BaseException:
                    import traceback
                    traceback.print_exc()
                sys.stdout.flush()
                sys.stderr.flush()
                caller.sendall(bytes([code & 255]))
                os._exit(code)
            """;

    private static final String CLIENT = """
            import marshal, os, socket, sys
            server = socket.socket(socket.AF_UNIX)
            server.connect(sys.argv[1])
            request = marshal.dumps((os.getcwd(), dict(os.environ), sys.argv[2:]))
            socket.send_fds(server, [len(request).to_bytes(8, "big")], [0, 1, 2])
            server.sendall(request)
            code = server.recv(1)
            sys.exit(code[0] if code else "the child ended without an exit code")
            """;

    private static final Map<Python, List<String>> COMMANDS = new ConcurrentHashMap<>();

    private QuickAlembic() {}

    /** Skips the test where there is no Alembic. No word of it has a space. */
    public static List<String> command() {
        return COMMANDS.computeIfAbsent(Python.withAlembic(), QuickAlembic::start);
    }

    private static List<String> start(Python python) {
        try {
            Path folder = Files.createTempDirectory("alembic");
            Path client = Files.writeString(folder.resolve("client.py"), CLIENT);
            Path socket = folder.resolve("socket");
            // Last first.
            List.of(folder, client, socket).forEach(file -> file.toFile().deleteOnExit());
            // Its input ends with this JVM, and so does it.
            Process server = new ProcessBuilder(python.interpreter(), "-c", SERVER, socket.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            if (!"ready".equals(server.inputReader().readLine())) {
                throw new IllegalStateException("a Python that loads Alembic ended with " + server.onExit().join());
            }
            return List.of(python.interpreter(), "-I", "-S", client.toString(), socket.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
