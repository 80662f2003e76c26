package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.alembic.python.Binding;
import dev.migrationledger.agent.tool.alembic.python.ImportedNames;
import dev.migrationledger.agent.tool.alembic.python.Module;
import dev.migrationledger.agent.tool.alembic.python.ModuleReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Constants that a script imports from other files of its own project. Installed packages are not looked for. */
final class ProjectModules implements ImportedNames {

    /** A constant that is passed on more often is not followed. */
    private static final int LONGEST_CHAIN = 4;

    /** Modules that hold constants are small. */
    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final Path root;
    private final int chain;
    private boolean asked;

    /** The modules that a file sees, no further up than a root. */
    ProjectModules(Path file, Path root) {
        this(file, root, 0);
    }

    private ProjectModules(Path file, Path root, int chain) {
        this.file = file;
        this.root = root;
        this.chain = chain;
    }

    /** Whether anything was looked for outside the file, found or not. */
    boolean wereAsked() {
        return asked;
    }

    @Override
    public Binding find(Binding.Imported imported, String name) {
        asked = true;
        String constant = imported.name();
        String module = ".".repeat(imported.level()) + imported.module();
        if (constant == null) {
            return unknown(imported, name, "it is a module");
        }
        if (chain >= LONGEST_CHAIN) {
            return unknown(imported, name, "it is passed on by too many modules");
        }
        Optional<Path> source = source(imported);
        if (source.isEmpty()) {
            return unknown(imported, name,
                    "it is imported from '%s', which is no file of this project".formatted(module));
        }
        try (InputStream stream = Files.newInputStream(source.get())) {
            ProjectModules further = new ProjectModules(source.get(), root, chain + 1);
            Module read = ModuleReader.read(stream.readNBytes(LARGEST), Set.of(constant), further);
            Binding binding = read.names().get(constant);
            return switch (binding) {
                case null -> unknown(imported, name, "'%s' does not bind it".formatted(module));
                case Binding.Known known -> known;
                case Binding.Unknown unknown ->
                    unknown(imported, name, "in '%s' %s".formatted(module, unknown.reason()));
                case Binding.Imported again -> further.find(again, name);
            };
        } catch (IOException e) {
            return unknown(imported, name, "'%s' cannot be read".formatted(module));
        }
    }

    private static Binding unknown(Binding.Imported imported, String name, String reason) {
        return new Binding.Unknown(name, reason, imported.line());
    }

    /** A relative import leads to one folder; an absolute one begins at any folder above the script or its {@code src}. */
    private Optional<Path> source(Binding.Imported imported) {
        List<Path> starts = new ArrayList<>();
        Path folder = file.getParent();
        if (imported.level() > 0) {
            for (int up = 1; up < imported.level() && folder != null; up++) {
                folder = folder.getParent();
            }
            if (folder != null) {
                starts.add(folder);
            }
        } else {
            for (; folder != null && folder.startsWith(root); folder = folder.getParent()) {
                starts.add(folder);
            }
            starts.add(root.resolve("src"));
        }
        try {
            String path = imported.module().replace('.', '/');
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
