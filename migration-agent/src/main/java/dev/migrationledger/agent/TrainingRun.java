package dev.migrationledger.agent;

import dev.migrationledger.agent.home.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What commands do, once, so that {@link AotCache} keeps the classes that they need. Needs neither a database nor a network: the database
 * that its project names refuses the connection, what only a session would load is loaded by name, and the ledger that it asks is a thread
 * of this process, which knows nothing.
 */
final class TrainingRun {

    private static final List<String> FILES = List.of("alembic.ini", "env.py", "versions/one.py", "versions/two.py",
            "versions/three.py");

    private static final List<String> OF_SESSIONS = List.of("org/postgresql/core/", "org/postgresql/jdbc/",
            "org/postgresql/util/", "org/postgresql/shaded/com/ongres/", "org/sqlite/core/", "org/sqlite/jdbc",
            "dev/migrationledger/");

    private TrainingRun() {}

    public static void main(String[] args) throws IOException {
        loadSessions(Path.of(System.getProperty("java.class.path")));
        try (TemporaryFolder folder = TemporaryFolder.create("training")) {
            Path project = folder.path();
            write(project);
            String config = project.resolve("alembic.ini").toString();
            for (String command : List.of("heads", "scan", "history", "doctor")) {
                run(command, "--config", config);
                run(command, "--config", config, "--output", "json");
            }
            run("gate", "--start", "--config", config);
            run("show", "two", "--config", config);
            try (TrainingLedger ledger = TrainingLedger.start()) {
                for (List<String> command : List.of(List.of("policy", "show"), List.of("merge", "list"),
                        List.of("scan", "--config", config))) {
                    List<String> words = new ArrayList<>(command);
                    words.addAll(List.of("--ledger", ledger.url(), "--project", "training"));
                    run(words.toArray(String[]::new));
                }
            }
            run("--help");
            run("doctor", "--help");
            run("--no-such-option");
        }
    }

    private static void run(String... arguments) {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Main.execute(Main.commandLineFor(arguments).setOut(nowhere).setErr(nowhere), arguments);
    }

    private static void loadSessions(Path jar) throws IOException {
        try (ZipFile classes = new ZipFile(jar.toFile())) {
            classes.stream().map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && OF_SESSIONS.stream().anyMatch(name::startsWith))
                    .forEach(name -> load(name.substring(0, name.length() - ".class".length()).replace('/', '.')));
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, TrainingRun.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // The driver has classes for libraries that are not here.
            return;
        }
    }

    private static void write(Path project) throws IOException {
        Files.createDirectory(project.resolve("versions"));
        for (String file : FILES) {
            try (InputStream text = TrainingRun.class.getResourceAsStream("/training/" + file)) {
                Files.copy(Objects.requireNonNull(text), project.resolve(file));
            }
        }
    }
}
