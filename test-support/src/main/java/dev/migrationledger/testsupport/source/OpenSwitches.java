package dev.migrationledger.testsupport.source;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Finds each {@code switch} over a sealed type or an enum of this project that still compiles when the type gets one more case, and then
 * silently does something for it, or nothing. Class files do not keep which type is switched over, so the sources are read by the compiler.
 */
public final class OpenSwitches {

    private static final String OURS = "dev.migrationledger.";

    private final Trees trees;
    private final Types types;
    private final List<OpenSwitch> found = new ArrayList<>();

    /**
     * One such switch.
     *
     * @param place its file and line, such as {@code Spool.java:12}
     * @param type over which it switches, without its package, such as {@code Effect.Change}
     * @param reason what makes it open, such as {@code default}
     */
    public record OpenSwitch(String place, String type, String reason) {
        @Override
        public String toString() {
            return place + ": " + type + " (" + reason + ")";
        }
    }

    private OpenSwitches(JavacTask task) {
        trees = Trees.instance(task);
        types = task.getTypes();
    }

    /**
     * Those in the sources of a folder.
     *
     * @param classPath has the compiled classes of these sources and all that they need
     */
    public static List<OpenSwitch> in(Path sources, String classPath) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(sources)) {
            for (Path file : all.filter(it -> it.toString().endsWith(".java")).sorted().toList()) {
                // All that the others declare comes from class files, which is several times as fast.
                if (Files.readString(file).contains("switch (")) {
                    files.add(file);
                }
            }
        }
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, Locale.ROOT,
                StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, diagnostics,
                    List.of("-proc:none", "-implicit:none", "-sourcepath", "", "-classpath", classPath), null,
                    manager.getJavaFileObjectsFromPaths(files));
            OpenSwitches switches = new OpenSwitches(task);
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            task.analyze();
            // What the compiler does not understand, it knows no type of.
            String errors = diagnostics.getDiagnostics().stream().filter(it -> it.getKind() == Diagnostic.Kind.ERROR)
                    .map(Object::toString).collect(Collectors.joining("\n"));
            if (!errors.isEmpty()) {
                throw new IllegalStateException(errors);
            }
            units.forEach(switches::read);
            return switches.found;
        }
    }

    private void read(CompilationUnitTree unit) {
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void nothing) {
                judge(unit, getCurrentPath(), tree.getExpression(), tree.getCases());
                return super.visitSwitch(tree, null);
            }

            @Override
            public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void nothing) {
                judge(unit, getCurrentPath(), tree.getExpression(), tree.getCases());
                return super.visitSwitchExpression(tree, null);
            }
        }.scan(unit, null);
    }

    private void judge(CompilationUnitTree unit, TreePath path, ExpressionTree selector,
            List<? extends CaseTree> cases) {
        TypeMirror type = types.erasure(trees.getTypeMirror(new TreePath(path, selector)));
        if (!(types.asElement(type) instanceof TypeElement element) || !isClosed(element)) {
            return;
        }
        String reason = reason(path, type, element, cases);
        if (reason != null) {
            long start = trees.getSourcePositions().getStartPosition(unit, path.getLeaf());
            found.add(new OpenSwitch(
                    Path.of(unit.getSourceFile().getName()).getFileName() + ":"
                            + unit.getLineMap().getLineNumber(start),
                    name(element), reason));
        }
    }

    private static boolean isClosed(TypeElement type) {
        return type.getQualifiedName().toString().startsWith(OURS)
                && (type.getModifiers().contains(Modifier.SEALED) || type.getKind() == ElementKind.ENUM);
    }

    private @Nullable String reason(TreePath path, TypeMirror type, TypeElement element,
            List<? extends CaseTree> cases) {
        Set<String> missing = new LinkedHashSet<>();
        element.getEnclosedElements().stream().filter(it -> it.getKind() == ElementKind.ENUM_CONSTANT)
                .forEach(it -> missing.add(it.getSimpleName().toString()));
        for (CaseTree one : cases) {
            for (Tree label : one.getLabels()) {
                switch (label) {
                    case DefaultCaseLabelTree _ -> {
                        return "default";
                    }
                    case PatternCaseLabelTree pattern when one.getGuard() == null
                            && pattern.getPattern() instanceof BindingPatternTree binding
                            && matchesAll(new TreePath(new TreePath(new TreePath(path, one), label), binding),
                                    type) -> {
                        return "a case of the type itself";
                    }
                    case ConstantCaseLabelTree constant -> missing.remove(simple(constant));
                    default -> {
                        // A case of one subtype.
                    }
                }
            }
        }
        // The compiler demands all cases of every switch but of a statement over an enum.
        return element.getKind() == ElementKind.ENUM && path.getLeaf() instanceof SwitchTree && !missing.isEmpty()
                ? "without " + String.join(", ", missing)
                : null;
    }

    private static String simple(ConstantCaseLabelTree constant) {
        String text = constant.getConstantExpression().toString();
        return text.substring(text.lastIndexOf('.') + 1);
    }

    private boolean matchesAll(TreePath binding, TypeMirror selector) {
        TypeMirror type = trees.getTypeMirror(binding);
        return type != null && types.isSubtype(selector, types.erasure(type));
    }

    private static String name(TypeElement type) {
        StringBuilder name = new StringBuilder(type.getSimpleName());
        for (Element outer = type.getEnclosingElement(); outer instanceof TypeElement; outer = outer
                .getEnclosingElement()) {
            name.insert(0, outer.getSimpleName() + ".");
        }
        return name.toString();
    }
}
