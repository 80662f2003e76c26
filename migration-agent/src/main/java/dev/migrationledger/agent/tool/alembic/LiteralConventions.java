package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * Naming conventions that stand literally in some file of the project, for where {@code env.py} takes its metadata from a running
 * application (as Flask-Migrate does).
 */
final class LiteralConventions {

    /** Files that are looked at; more than any application that was seen has. */
    private static final int MOST_FILES = 10_000;

    private static final int LARGEST = 1 << 20;

    private static final Set<String> ELSEWHERE = Set.of(
            "node_modules", "site-packages", "venv", "env", "__pycache__", "build", "dist", "tests", "test");

    private LiteralConventions() {}

    /** The only one; unknown where there is none or more than one. */
    static NamingConvention only(Layout layout) {
        Set<NamingConvention> found = new HashSet<>();
        try {
            Files.walkFileTree(layout.root(), new SimpleFileVisitor<>() {
                private int files;

                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = String.valueOf(folder.getFileName());
                    boolean skip = !folder.equals(layout.root()) && (name.startsWith(".") || ELSEWHERE.contains(name)
                            || layout.folders().contains(folder));
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (file.toString().endsWith(".py") && attributes.isRegularFile() && attributes.size() < LARGEST) {
                        add(file, layout, found);
                        files++;
                    }
                    return files < MOST_FILES && found.size() < 2
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return NamingConvention.UNKNOWN;
        }
        return found.size() == 1 ? found.iterator().next() : NamingConvention.UNKNOWN;
    }

    private static void add(Path file, Layout layout, Set<NamingConvention> found) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (!new String(bytes, StandardCharsets.ISO_8859_1).contains("naming_convention")) {
            return;
        }
        FileReading.orElse(() -> {
            EvaluatedModule module = EvaluatedModule.of(layout.name(file), bytes, new ProjectModules(file, layout),
                    AlembicRuntime.ASSUMPTIONS);
            module.names().values().forEach(bound -> conventions(bound.symbol(), found, 0));
            return true;
        }, reason -> false);
    }

    /** A dictionary by itself counts as well: it may be assigned to an attribute. */
    private static void conventions(Symbol symbol, Set<NamingConvention> found, int depth) {
        NamingConvention convention = NamingConvention.literal(symbol);
        if (convention != null) {
            found.add(convention);
        } else if (symbol instanceof Symbol.Reference reference && depth == 0) {
            Symbol target = reference.target();
            if (target != null) {
                conventions(target, found, 1);
            }
        } else if (symbol instanceof Symbol.Made made && depth < 3) {
            made.named().values().forEach(value -> conventions(value, found, depth + 1));
            made.positional().forEach(value -> conventions(value, found, depth + 1));
        } else if (symbol instanceof Symbol.Type type && depth == 0) {
            type.members().all().values().forEach(value -> conventions(value, found, depth + 1));
        }
    }
}
