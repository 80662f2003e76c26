package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which files of a layout Alembic would load, in its order. */
final class ScriptFiles {

    private static final String CACHE = "__pycache__";

    /** The largest history that anyone was seen to have is a fiftieth of it. */
    private static final Most MOST = new Most(100_000, 20_000);

    private final Layout layout;
    private final Most most;
    private final List<Found> files = new ArrayList<>();
    private final List<ScriptProblem> problems = new ArrayList<>();

    /** Real paths, because one file may be reached twice. */
    private final Set<Path> seen = new HashSet<>();

    private ScriptFiles(Layout layout, Most most) {
        this.layout = layout;
        this.most = most;
    }

    /** After so many nothing more is listed. */
    record Most(int files, int folders) {}

    /**
     * A file to be read.
     *
     * @param attributes of what a link leads to; absent where that is nowhere, or the file has just vanished
     */
    record Found(
            Path path, @Nullable BasicFileAttributes attributes) {}

    /** What a folder has, with its name, because Java makes a name anew each time that a path is asked for it. */
    private record Entry(Path path, String name) {
        static Entry of(Path path) {
            return new Entry(path, fileName(path));
        }
    }

    /** @param real the same without links; asked of the system only where it is not known from the folder above */
    private record Folder(Path path, Path real) {}

    /** Files to be read, and why others are not. */
    record Listing(List<Found> files, List<ScriptProblem> problems) {}

    static Listing list(Layout layout) {
        return list(layout, MOST);
    }

    static Listing list(Layout layout, Most most) {
        ScriptFiles listing = new ScriptFiles(layout, most);
        listing.all(layout.folders());
        return new Listing(listing.files, listing.problems);
    }

    /** Alembic's own rule: anything that ends in .py, except editors' lock files and what begins like a package's own file. */
    static boolean isScriptName(String name) {
        return name.endsWith(".py") && !name.startsWith(".#") && !name.startsWith("__init__");
    }

    /** In Alembic's order: a folder's own files, then those below it. Folders that wait are kept in a list, however deep they are. */
    private void all(List<Path> given) {
        Deque<Folder> waiting = new ArrayDeque<>();
        given.forEach(path -> waiting.add(new Folder(path, real(path))));
        int folders = 0;
        while (!waiting.isEmpty()) {
            if (++folders > most.folders || files.size() > most.files) {
                problems.add(tooMany(waiting.getFirst().path()));
                return;
            }
            folder(waiting.pop()).reversed().forEach(waiting::push);
        }
    }

    /** The folders below it that are to be read as well. */
    private List<Folder> folder(Folder below) {
        Path folder = below.path();
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                Entry entry = Entry.of(path);
                if (layout.recursive() || layout.sourceless() || isScriptName(entry.name())) {
                    entries.add(entry);
                }
                if (entries.size() > 2 * most.files) {
                    problems.add(tooMany(folder));
                    break;
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (AccessDeniedException e) {
            problems.add(new FileProblem.FolderForbidden(place(folder)));
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            problems.add(new FileProblem.FolderUnlistable(place(folder)));
            return List.of();
        }
        entries.sort(Comparator.comparing(Entry::name));
        List<Folder> folders = new ArrayList<>();
        for (Entry listed : entries) {
            Path entry = listed.path();
            String name = listed.name();
            boolean script = isScriptName(name);
            if (!script && !layout.recursive()) {
                continue;
            }
            BasicFileAttributes attributes = attributes(entry, LinkOption.NOFOLLOW_LINKS);
            if (attributes == null) {
                continue;
            }
            if (attributes.isDirectory()) {
                folders.add(new Folder(entry, below.real().resolve(name)));
            } else if (script) {
                // Only a link can be something else than it seems, so only links cost a second look.
                boolean link = attributes.isSymbolicLink();
                BasicFileAttributes target = link ? attributes(entry) : attributes;
                if (target == null || !target.isDirectory()) {
                    file(new Found(entry, target), link ? real(entry) : below.real().resolve(name));
                }
            }
        }
        compiledOnly(folder, entries.stream().map(Entry::path).toList());
        return layout.recursive()
                ? folders.stream().filter(one -> !fileName(one.path()).endsWith(CACHE)).toList()
                : List.of();
    }

    private void file(Found found, Path real) {
        Path entry = found.path();
        // Alembic applies its rule to the name in the folder and, after following links, once more to the real one.
        if (!isScriptName(fileName(real))) {
            return;
        }
        if (seen.add(real)) {
            files.add(found);
        } else {
            problems.add(new ConfigProblem.FileTwice(place(entry)));
        }
    }

    /** With {@code sourceless} Alembic also loads compiled files; nobody can read those without running them. */
    private void compiledOnly(Path folder, List<Path> entries) {
        if (!layout.sourceless()) {
            return;
        }
        Set<String> sources = new HashSet<>();
        entries.forEach(entry -> sources.add(stem(entry)));
        List<Path> compiled = new ArrayList<>();
        entries.stream()
                .filter(entry -> fileName(entry).endsWith(".pyc") || fileName(entry).endsWith(".pyo"))
                .filter(entry -> !entries.contains(folder.resolve(stem(entry) + ".py")))
                .forEach(compiled::add);
        try (DirectoryStream<Path> cache = Files.newDirectoryStream(folder.resolve(CACHE), "*.pyc")) {
            for (Path entry : cache) {
                if (!sources.contains(stem(entry))) {
                    compiled.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No cache, nothing compiled.
        }
        compiled.stream().sorted().forEach(entry -> problems.add(new FileProblem.CompiledOnly(place(entry))));
    }

    private ScriptProblem tooMany(Path from) {
        return new FileProblem.TooManyScripts(place(from), most.files, most.folders);
    }

    private Place place(Path path) {
        return new Place(layout.name(path));
    }

    private static @Nullable BasicFileAttributes attributes(Path entry, LinkOption... options) {
        try {
            return Files.readAttributes(entry, BasicFileAttributes.class, options);
        } catch (IOException e) {
            // It vanished since the folder was listed, or is a link that leads nowhere.
            return null;
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // A link that leads nowhere: reading it will say so.
            return path;
        }
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String stem(Path path) {
        String name = fileName(path);
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
