package dev.migrationledger.agent.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder that looks like another one in which some files were changed. All that is the same is a link, so that a project is found with
 * whatever it has: packages, settings, data. The other folder itself stays as it is.
 */
final class FolderOverlay {

    private FolderOverlay() {}

    /**
     * Makes it.
     *
     * @param folder an empty folder
     * @param changed content of files by their path in the original; new ones, and those that are there otherwise
     */
    static void write(Path original, Path folder, Map<Path, byte[]> changed) throws IOException {
        Set<Path> firsts = changed.keySet().stream().map(path -> path.getName(0)).collect(Collectors.toSet());
        if (Files.isDirectory(original)) {
            try (Stream<Path> entries = Files.list(original)) {
                for (Path entry : (Iterable<Path>) entries::iterator) {
                    if (!firsts.contains(entry.getFileName())) {
                        Files.createSymbolicLink(folder.resolve(entry.getFileName()), entry);
                    }
                }
            }
        }
        for (Path first : firsts) {
            List<Path> below = changed.keySet().stream().filter(path -> path.startsWith(first)).toList();
            if (below.equals(List.of(first))) {
                Files.write(folder.resolve(first), changed.getOrDefault(first, new byte[0]));
            } else {
                Map<Path, byte[]> inside = new TreeMap<>();
                below.forEach(path -> inside.put(first.relativize(path), changed.getOrDefault(path, new byte[0])));
                write(original.resolve(first), Files.createDirectory(folder.resolve(first)), inside);
            }
        }
    }
}
