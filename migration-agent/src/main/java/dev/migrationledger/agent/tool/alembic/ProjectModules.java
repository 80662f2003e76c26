package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.alembic.python.symbolic.Followed;
import dev.migrationledger.agent.tool.alembic.python.symbolic.ImportedNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files of its own project that a script imports from. Installed packages are not looked for. */
final class ProjectModules implements ImportedNames {

    /** A constant that is passed on more often is not followed. */
    private static final int LONGEST_CHAIN = 4;

    /** Modules that hold constants are small. */
    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final Layout layout;
    private final int chain;
    private boolean asked;

    /** The modules that a file sees, no further up than the layout's root. */
    ProjectModules(Path file, Layout layout) {
        this(file, layout, 0);
    }

    private ProjectModules(Path file, Layout layout, int chain) {
        this.file = file;
        this.layout = layout;
        this.chain = chain;
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
            return new Found.Absent("it is passed on by too many modules");
        }
        Optional<Path> source = source(level, dotted);
        if (source.isEmpty()) {
            return new Found.Absent("it is imported from '%s', which is no file of this project".formatted(shown));
        }
        try (InputStream stream = Files.newInputStream(source.get())) {
            ProjectModules further = new ProjectModules(source.get(), layout, chain + 1);
            return new Found.Module(Followed.of(layout.name(source.get()), stream.readNBytes(LARGEST), further));
        } catch (IOException e) {
            return new Found.Absent("'%s' cannot be read".formatted(shown));
        }
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
