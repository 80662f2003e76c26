import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code java TrainLedger.java JAR FOLDER}: unpacks the executable jar into the folder, starts the ledger from there once, asks it for its
 * pages, and keeps the classes that it then has in {@code ledger-service.aot} beside it (JEP 483). A ledger that starts from both takes
 * less than half of the processor time. The stories in system-tests start about twenty.
 */
public final class TrainLedger {

    /** The JVM takes no cache that was made with another collector. */
    private static final List<String> JAVA = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Pattern OPEN = Pattern.compile("open (http://[0-9.]+:[0-9]+)/");

    private static final List<String> PAGES = List.of("/actuator/health", "/", "/audit", "/divergences", "/deploys", "/merges",
            "/agents", "/api/v1/projects");

    /** Of the training run. Most take half a minute. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** What the build accepts: there is no cache, and the ledger starts without one. */
    private static final int NO_CACHE = 3;

    private TrainLedger() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(args[0]).toAbsolutePath();
        Path folder = Path.of(args[1]).toAbsolutePath();
        delete(folder);
        List<String> extract = new ArrayList<>(JAVA);
        extract.addAll(List.of("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", folder.toString()));
        int extracted = new ProcessBuilder(extract).inheritIO().start().waitFor();
        if (extracted != 0) {
            System.exit(extracted);
        }
        Path cache = folder.resolve("ledger-service.aot");
        Path data = folder.resolve("training");
        try {
            train(folder.resolve(jar.getFileName()), cache, data);
        } finally {
            delete(data);
        }
        if (!Files.exists(cache)) {
            System.err.println("The training run of the ledger made no AOT cache. The stories start it without one.");
            System.exit(NO_CACHE);
        }
    }

    private static void train(Path jar, Path cache, Path data) throws IOException, InterruptedException {
        Files.createDirectories(data);
        Path unpacked = jar.getParent().resolveSibling("test-postgresql").resolve("programs");
        if (Files.isDirectory(unpacked)) {
            Files.createSymbolicLink(data.resolve("programs"), unpacked);
        }
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off", "-jar", jar.toString(),
                "--server.port=0", "--ledger.embedded.data-dir=" + data));
        Process ledger = new ProcessBuilder(command).redirectErrorStream(true).start();
        ledger.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(late -> ledger.toHandle().destroyForcibly() ? ledger : null);
        try (BufferedReader output = ledger.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder printed = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                printed.append(line).append('\n');
                Matcher open = OPEN.matcher(line);
                if (open.find()) {
                    visit(open.group(1));
                    // By its handle: Process would close the output, which ends only when the cache is there.
                    ledger.toHandle().destroy();
                }
            }
            ledger.waitFor();
            if (!Files.exists(cache)) {
                System.err.println(printed);
            }
        } finally {
            ledger.destroyForcibly();
        }
    }

    private static void visit(String address) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String page : PAGES) {
                http.send(HttpRequest.newBuilder(URI.create(address + page)).build(), HttpResponse.BodyHandlers.discarding());
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
