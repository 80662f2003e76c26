import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * {@code java ReleaseFolder.java ROOT VERSION}: checks what the profile {@code release} built, and puts it into {@code ROOT/target/release}
 * with the digests of all files.
 */
public final class ReleaseFolder {

    private static final List<String> LEGAL = List.of("META-INF/sbom/application.cdx.json", "META-INF/THIRD-PARTY.txt", "META-INF/LICENSE",
            "META-INF/NOTICE");

    private static final Pattern COMPONENT = Pattern.compile("\"pkg:maven/[^/\"]+/([^@\"]+)@([^?\"]+)");

    /** Spring Boot's plugin adds it to unpack the jar; it is of the same release and licence as Spring Boot, which the SBOM names. */
    private static final String UNPACKS = "spring-boot-jarmode-tools-";

    private final Path root;

    private final String version;

    private final List<String> problems = new ArrayList<>();

    private ReleaseFolder(Path root, String version) {
        this.root = root;
        this.version = version;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        ReleaseFolder release = new ReleaseFolder(Path.of(args[0]), args[1]);
        release.check();
        if (!release.problems.isEmpty()) {
            release.problems.forEach(System.err::println);
            System.exit(1);
        }
        System.out.println("The release is in " + release.fill());
    }

    private Path ledger() {
        return root.resolve("ledger-service/target/ledger-service.jar");
    }

    private Path agent() {
        return root.resolve("migration-agent/target/migration-agent.jar");
    }

    private void check() throws IOException, InterruptedException {
        check(ledger(), "BOOT-INF/classes/git.properties");
        check(agent(), "dev/migrationledger/agent/cli/git.properties");
        String says = output(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", agent().toString(), "--version");
        String expected = "migration-agent %s (%s)".formatted(version, output("git", "rev-parse", "HEAD").substring(0, 12));
        if (!says.equals(expected)) {
            problems.add("The agent says that it is '%s' instead of '%s'.".formatted(says, expected));
        }
        if (!version.endsWith("-SNAPSHOT")) {
            // Entries of jars have the permissions of the files that they were made of.
            String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("api-contracts/target/classes")));
            if (!permissions.equals("rwxr-xr-x")) {
                problems.add("Files were built with the permissions %s. Clone and build again after 'umask 022'.".formatted(permissions));
            }
            String changed = output("git", "status", "--porcelain");
            if (!changed.isEmpty()) {
                problems.add("Files differ from the commit: %s. Commit or remove them.".formatted(changed.replace("\n", ", ")));
            }
            if (Files.readAllLines(root.resolve("CHANGELOG.md")).stream().noneMatch(line -> line.startsWith("## " + version))) {
                problems.add("CHANGELOG.md has no heading '## %s'. Write it below 'Unreleased'.".formatted(version));
            }
        }
    }

    private void check(Path jar, String commit) throws IOException {
        try (JarFile files = new JarFile(jar.toFile())) {
            for (String name : Stream.concat(LEGAL.stream(), Stream.of(commit)).toList()) {
                if (entry(files, name) == null) {
                    problems.add("%s has no %s. Build with -Prelease.".formatted(jar, name));
                    return;
                }
            }
            String built = files.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            if (!version.equals(built)) {
                problems.add("%s has version %s instead of %s. Build both in one run.".formatted(jar, built, version));
            }
            String sbom = new String(bytes(files, LEGAL.getFirst()), StandardCharsets.UTF_8);
            Set<String> named = COMPONENT.matcher(sbom).results().map(found -> found.group(1) + "-" + found.group(2) + ".jar")
                    .collect(Collectors.toSet());
            files.stream().map(ZipEntry::getName).filter(name -> name.matches("BOOT-INF/lib/.*\\.jar"))
                    .map(name -> name.replaceFirst(".*/", "")).filter(name -> !name.startsWith(UNPACKS) && !named.contains(name))
                    .forEach(name -> problems.add("%s contains %s, which its SBOM does not name.".formatted(jar, name)));
        }
    }

    private Path fill() throws IOException {
        Path folder = root.resolve("target/release");
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.list(folder)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
        for (Path jar : List.of(ledger(), agent())) {
            String name = jar.getFileName().toString().replace(".jar", "") + "-" + version;
            Files.copy(jar, folder.resolve(name + ".jar"));
            try (JarFile files = new JarFile(jar.toFile())) {
                Files.write(folder.resolve(name + ".cdx.json"), bytes(files, LEGAL.getFirst()));
                Files.write(folder.resolve(name + "-THIRD-PARTY.txt"), bytes(files, LEGAL.get(1)));
            }
        }
        Files.copy(root.resolve("migration-agent/bin/migration-agent"), folder.resolve("migration-agent"),
                StandardCopyOption.COPY_ATTRIBUTES);
        for (String name : List.of("LICENSE", "NOTICE", "CHANGELOG.md")) {
            Files.copy(root.resolve(name), folder.resolve(name));
        }
        try (Stream<Path> packed = Files.list(root.resolve("migration-agent/target"))) {
            for (Path archive : packed.filter(file -> file.toString().endsWith("-" + version + ".tar.gz")).toList()) {
                Files.copy(archive, folder.resolve(archive.getFileName()));
            }
        }
        Files.write(folder.resolve("SHA256SUMS"), digests(folder));
        return folder;
    }

    /** As {@code sha256sum -c} reads them. */
    private static List<String> digests(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                lines.add(HexFormat.of().formatHex(digest) + "  " + file.getFileName());
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }

    private static ZipEntry entry(JarFile files, String name) {
        return files.getEntry(name) == null ? files.getEntry("BOOT-INF/classes/" + name) : files.getEntry(name);
    }

    private static byte[] bytes(JarFile files, String name) throws IOException {
        return files.getInputStream(Objects.requireNonNull(entry(files, name))).readAllBytes();
    }

    private String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(root.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("%s ended with exit code %d".formatted(String.join(" ", command), process.exitValue()));
        }
        return printed;
    }
}
