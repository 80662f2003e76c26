package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.symbolic.EvaluationLimitExceeded;
import dev.migrationledger.agent.python.symbolic.ImportedNames;
import dev.migrationledger.agent.python.syntax.SizeLimitExceeded;
import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.unread.ValueReason.ImportedFromOutside;
import dev.migrationledger.contracts.unread.ValueReason.ModuleNotFollowed;
import dev.migrationledger.contracts.unread.ValueReason.OtherFile;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files of its own project that a script imports from. Installed packages are not looked for. */
final class ProjectModules implements ImportedNames {

    /** A constant that is passed on more often is not followed. */
    private static final int LONGEST_CHAIN = 4;

    /** Modules that hold constants are small. */
    private static final int LARGEST = 1 << 20;

    /** What one script may read of other files, and how often: each name that it imports may read a module again. */
    private static final long MOST_BYTES = 16 << 20;
    private static final int MOST_READ = 1_000;

    /** Names of a folder. */
    private static final int MOST_ENTRIES = 1_000;

    private final Path file;
    private final Layout layout;
    private final ModuleSources sources;
    private final int chain;
    private final Taken taken;
    private boolean asked;

    /** What a script read of other files so far. */
    private static final class Taken {
        private long bytes;
        private int files;

        /** Whether so many bytes more may be read. */
        boolean fits(long more) {
            bytes += more;
            return ++files <= MOST_READ && bytes <= MOST_BYTES;
        }
    }

    /** The modules that a file sees, no further up than the layout's root. */
    ProjectModules(Path file, Layout layout) {
        this(file, layout, ModuleSources.NONE_KEPT);
    }

    /** The same, one of several files that see the same modules. */
    ProjectModules(Path file, Layout layout, ModuleSources sources) {
        this(file, layout, sources, 0, new Taken());
    }

    private ProjectModules(Path file, Layout layout, ModuleSources sources, int chain, Taken taken) {
        this.file = file;
        this.layout = layout;
        this.sources = sources;
        this.chain = chain;
        this.taken = taken;
    }

    /** Whether anything was looked for outside the file, found or not. */
    boolean wereAsked() {
        return asked;
    }

    @Override
    public Found module(int level, String dotted) {
        asked = true;
        String shown = ".".repeat(level) + dotted;
        if (chain >= LONGEST_CHAIN) {
            return new Found.Absent(new UnknownValue(Value.LONG_IMPORT_CHAIN));
        }
        Optional<Path> source = source(level, dotted);
        if (source.isEmpty()) {
            return new Found.Absent(new ImportedFromOutside(shown));
        }
        try (InputStream stream = Files.newInputStream(source.get())) {
            byte[] bytes = stream.readNBytes(LARGEST);
            if (!taken.fits(bytes.length)) {
                return new Found.Absent(new UnknownValue(Value.TOO_MANY_FILES));
            }
            ProjectModules further = new ProjectModules(source.get(), layout, sources, chain + 1, taken);
            Source read = sources.of(layout.name(source.get()), bytes);
            return new Found.Module(EvaluatedModule.of(read, further, AlembicRuntime.ASSUMPTIONS));
        } catch (IOException e) {
            return new Found.Absent(new OtherFile(shown, OtherFile.Obstacle.UNREADABLE));
        } catch (SizeLimitExceeded e) {
            return new Found.Absent(new ModuleNotFollowed(shown, e.reason()));
        } catch (EvaluationLimitExceeded e) {
            return new Found.Absent(new ModuleNotFollowed(shown, e.reason()));
        }
    }

    @Override
    public TextFile text(String path) {
        asked = true;
        Path named = inProject(path);
        if (named == null) {
            return new TextFile.Absent(new OtherFile(path, OtherFile.Obstacle.OUTSIDE));
        }
        try {
            if (Files.size(named) > LARGEST) {
                return new TextFile.Absent(new OtherFile(path, OtherFile.Obstacle.TOO_LARGE));
            }
            byte[] bytes = Files.readAllBytes(named);
            return taken.fits(bytes.length)
                    ? new TextFile.Known(Source.of(layout.name(named), bytes))
                    : new TextFile.Absent(new UnknownValue(Value.TOO_MANY_FILES));
        } catch (IOException e) {
            return new TextFile.Absent(new OtherFile(path, OtherFile.Obstacle.UNREADABLE));
        }
    }

    @Override
    public @Nullable String folder(String dotted) {
        asked = true;
        return source(0, dotted).map(Path::getParent).map(layout::name).orElse(null);
    }

    @Override
    public @Nullable List<String> entries(String folder) {
        asked = true;
        Path named = inProject(folder);
        if (named == null) {
            return null;
        }
        try (Stream<Path> entries = Files.list(named)) {
            List<String> names = entries.limit(MOST_ENTRIES + 1L).map(entry -> entry.getFileName().toString()).sorted()
                    .toList();
            return names.size() > MOST_ENTRIES ? null : names;
        } catch (IOException | UncheckedIOException e) {
            return null;
        }
    }

    @Override
    public Option option(String name) {
        asked = true;
        return layout.options().find(name);
    }

    /** From where files are named, else from where Alembic is run. No link leads out of the project. */
    private @Nullable Path inProject(String path) {
        for (Path from : List.of(layout.base(), layout.root())) {
            try {
                Path named = from.resolve(path).normalize();
                if (named.toRealPath().startsWith(layout.root().toRealPath())) {
                    return named;
                }
            } catch (IOException | InvalidPathException e) {
                // It is not there.
            }
        }
        return null;
    }

    /** A relative import leads to one folder; an absolute one begins at any folder above the script or its {@code src}. */
    private Optional<Path> source(int level, String dotted) {
        List<Path> starts = new ArrayList<>();
        Path folder = file.getParent();
        if (level > 0) {
            for (int up = 1; up < level && folder != null; up++) {
                folder = folder.getParent();
            }
            if (folder != null) {
                starts.add(folder);
            }
        } else {
            for (; folder != null && folder.startsWith(layout.root()); folder = folder.getParent()) {
                starts.add(folder);
            }
            starts.add(layout.root().resolve("src"));
        }
        try {
            String path = dotted.replace('.', '/');
            for (Path start : starts) {
                for (String candidate : List.of(path + ".py", path + "/__init__.py")) {
                    Path module = start.resolve(candidate.startsWith("/") ? candidate.substring(1) : candidate);
                    if (Files.isRegularFile(module)) {
                        return Optional.of(module);
                    }
                }
            }
        } catch (InvalidPathException e) {
            // No file can have such a name.
        }
        return Optional.empty();
    }
}
