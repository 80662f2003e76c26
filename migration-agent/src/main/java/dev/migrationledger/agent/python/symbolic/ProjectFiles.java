package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.ImportedNames.TextFile;
import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.agent.python.symbolic.Symbol.ProjectPath;
import dev.migrationledger.agent.python.symbolic.Symbol.Reference;
import dev.migrationledger.agent.python.symbolic.Symbol.Text;
import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import dev.migrationledger.contracts.unread.ValueReason.OtherFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Python's own functions for paths and files return, as far as they lead to text files of the project. Absent results are not
 * to be known, or none of these functions is called.
 */
final class ProjectFiles {

    private final Interpreter machine;

    ProjectFiles(Interpreter machine) {
        this.machine = machine;
    }

    /** A function of {@code os}, {@code os.path}, {@code pathlib}, {@code importlib.resources} and the like. */
    @Nullable
    Symbol function(String dotted, Arguments arguments, SourceRange call) {
        if (!arguments.complete()) {
            return null;
        }
        String first = FilePaths.of(arguments.at(0));
        return switch (dotted.replace("importlib_resources.", "importlib.resources.")) {
            case "os.getcwd" -> new Text(".");
            case "pathlib.Path.cwd" -> new ProjectPath(".");
            case "os.path.join" -> text(FilePaths.joined(arguments.positional()));
            case "os.fspath" -> text(first);
            case "os.path.abspath", "os.path.realpath", "os.path.normpath" -> first == null
                    ? null
                    : new Text(FilePaths.normal(first));
            case "os.path.dirname" -> first == null ? null : new Text(FilePaths.parent(first));
            case "os.path.basename" -> first == null ? null : new Text(FilePaths.name(first));
            case "os.path.split" -> first == null ? null : pair(FilePaths.parent(first), FilePaths.name(first));
            case "os.path.splitext" -> first == null
                    ? null
                    : pair(FilePaths.withoutSuffix(first), FilePaths.suffix(first));
            case "os.listdir" -> first == null ? null : entries(first, "*", Text::new, false);
            case "glob.glob", "glob.iglob" -> first == null
                    ? null
                    : entries(FilePaths.parent(first), FilePaths.name(first), Text::new, true);
            case "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath" -> path(
                    FilePaths.joined(arguments.positional()));
            case "importlib.resources.files" -> path(folder(arguments.at(0)));
            case "importlib.resources.as_file" -> arguments.at(0) instanceof ProjectPath path ? path : null;
            case "importlib.resources.path", "pkg_resources.resource_filename" -> path(resource(arguments));
            case "importlib.resources.read_text", "importlib.resources.read_binary", "pkgutil.get_data",
                    "pkg_resources.resource_string" ->
                read(resource(arguments), call);
            default -> null;
        };
    }

    /** A method of a path, or of a file that was opened. */
    @Nullable
    Symbol method(Symbol receiver, String method, Arguments arguments, SourceRange call) {
        if (!arguments.complete()) {
            return null;
        }
        if (receiver instanceof ProjectPath(String path)) {
            return ofPath(path, method, arguments, call);
        }
        String opened = opened(receiver);
        if (opened == null) {
            return null;
        }
        return switch (method) {
            case "read" -> arguments.size() == 0 ? read(opened, call) : null;
            case "readlines" -> lines(opened, call);
            default -> null;
        };
    }

    private @Nullable Symbol ofPath(String path, String method, Arguments arguments, SourceRange call) {
        Symbol first = arguments.at(0);
        List<Symbol> parts = new ArrayList<>(List.of(new Text(path)));
        parts.addAll(arguments.positional());
        return switch (method) {
            case "resolve", "absolute", "expanduser" -> new ProjectPath(FilePaths.normal(path));
            case "as_posix", "__str__" -> new Text(path);
            case "joinpath" -> path(FilePaths.joined(parts));
            case "with_name" -> first instanceof Text name
                    ? new ProjectPath(FilePaths.normal(path + "/../" + name.text()))
                    : null;
            case "with_suffix" -> first instanceof Text suffix
                    ? new ProjectPath(FilePaths.withoutSuffix(path) + suffix.text())
                    : null;
            case "read_text", "read_bytes" -> read(path, call);
            case "iterdir" -> entries(path, "*", ProjectPath::new, true);
            case "glob" -> first instanceof Text pattern ? entries(path, pattern.text(), ProjectPath::new, true) : null;
            default -> null;
        };
    }

    /** An attribute of a path. */
    static @Nullable Symbol attribute(String path, String name) {
        return switch (name) {
            case "parent" -> new ProjectPath(FilePaths.parent(path));
            case "parents" -> parents(path);
            case "name" -> new Text(FilePaths.name(path));
            case "stem" -> new Text(FilePaths.withoutSuffix(FilePaths.name(path)));
            case "suffix" -> new Text(FilePaths.suffix(path));
            default -> null;
        };
    }

    /** As many as anybody was seen to ask for. */
    private static Symbol parents(String path) {
        List<Symbol> parents = new ArrayList<>();
        String above = path;
        for (int i = 0; i < 20; i++) {
            above = FilePaths.parent(above);
            parents.add(new ProjectPath(above));
        }
        return new Items(Items.Kind.TUPLE, parents);
    }

    /** What a loop over it goes through: the lines of a file that was opened. */
    Symbol iterated(Symbol values, SourceRange place) {
        String opened = opened(values);
        return opened == null ? values : lines(opened, place);
    }

    /** The path of a file that was opened to be read. */
    private static @Nullable String opened(Symbol symbol) {
        if (!(symbol instanceof Made made)) {
            return null;
        }
        Symbol mode = made.named().get("mode");
        int at = made.callee() instanceof Member ? 0 : 1;
        if (mode == null && made.positional().size() > at) {
            mode = made.positional().get(at);
        }
        if (mode != null && !(mode instanceof Text(String letters, _) && letters.startsWith("r"))) {
            return null;
        }
        if (made.callee() instanceof Member(ProjectPath(String path), String method)) {
            return method.equals("open") ? path : null;
        }
        return made.callee() instanceof Reference(String dotted, _) && !made.positional().isEmpty()
                ? switch (dotted) {
                    case "builtins.open", "io.open", "codecs.open" -> FilePaths.of(made.positional().getFirst());
                    default -> null;
                }
                : null;
    }

    private @Nullable Symbol read(@Nullable String path, SourceRange call) {
        return path == null ? null : switch (machine.frame().module.imports().text(FilePaths.normal(path))) {
            case TextFile.Known(Source source) -> new Text(
                    source.text(), new SourceRange(source, 0, source.text().length(), 1));
            case TextFile.Absent(UnreadReason reason) -> machine.unknown(call, reason);
        };
    }

    private Symbol lines(String path, SourceRange call) {
        Symbol read = read(path, call);
        if (!(read instanceof Text text)) {
            return read == null ? machine.unknown(call, new Called("open")) : read;
        }
        List<Symbol> lines = new ArrayList<>();
        int from = 0;
        while (from < text.text().length()) {
            int end = text.text().indexOf('\n', from);
            int next = end < 0 ? text.text().length() : end + 1;
            lines.add(part(text, from, next, lines.size() + 1));
            from = next;
        }
        return lines.size() > SymbolOperators.LONGEST_ITEMS
                ? machine.unknown(call, new OtherFile(path, OtherFile.Obstacle.TOO_MANY_LINES))
                : new Items(Items.Kind.LIST, lines);
    }

    private static Text part(Text whole, int from, int to, int line) {
        SourceRange place = whole.readAt();
        String part = whole.text().substring(from, to);
        return place == null
                ? new Text(part)
                : new Text(part, new SourceRange(place.source(), place.start() + from, place.start() + to, line));
    }

    /** What a method made of a text that was read, with where its parts stand. */
    static Symbol located(Symbol made, Text read) {
        SourceRange place = read.readAt();
        if (place == null) {
            return made;
        }
        return switch (made) {
            case Text text -> located(text, read.text(), place, 0);
            case Items items -> {
                List<Symbol> values = new ArrayList<>();
                int from = 0;
                for (Symbol value : items.values()) {
                    Text located = value instanceof Text text ? located(text, read.text(), place, from) : null;
                    values.add(located == null ? value : located);
                    from = located == null || located.readAt() == null
                            ? from
                            : located.readAt().start() - place.start() + located.text().length();
                }
                yield new Items(items.kind(), values);
            }
            default -> made;
        };
    }

    /** A part that is no longer found there was changed, and stands for the whole. */
    private static Text located(Text part, String whole, SourceRange place, int from) {
        int at = Math.max(from, whole.indexOf(part.text(), from));
        int line = place.line() + (int) whole.substring(0, Math.min(at, whole.length())).chars()
                .filter(c -> c == '\n').count();
        return new Text(
                part.text(),
                new SourceRange(place.source(), place.start() + at, place.start() + at + part.text().length(), line));
    }

    private interface Naming {
        Symbol of(String path);
    }

    private @Nullable Symbol entries(String folder, String pattern, Naming naming, boolean full) {
        int slash = pattern.lastIndexOf('/');
        if (slash >= 0) {
            return entries(folder + "/" + pattern.substring(0, slash), pattern.substring(slash + 1), naming, full);
        }
        List<String> entries = pattern.contains("**") || folder.contains("*")
                ? null
                : machine.frame().module.imports().entries(FilePaths.normal(folder));
        return entries == null
                ? null
                : new Items(Items.Kind.LIST, entries.stream().filter(name -> FilePaths.fits(name, pattern))
                        .map(name -> naming.of(full ? FilePaths.normal(folder + "/" + name) : name)).toList());
    }

    private @Nullable String resource(Arguments arguments) {
        String folder = folder(arguments.at(0));
        String name = FilePaths.of(arguments.at(1));
        return folder == null || name == null ? null : FilePaths.normal(folder + "/" + name);
    }

    private @Nullable String folder(@Nullable Symbol dotted) {
        return switch (dotted) {
            case Text text -> machine.frame().module.imports().folder(text.text());
            case Reference reference when reference.importer() != null -> reference.importer().imports()
                    .folder(reference.dotted());
            case null, default -> null;
        };
    }

    private static @Nullable Symbol text(@Nullable String text) {
        return text == null ? null : new Text(text);
    }

    private static @Nullable Symbol path(@Nullable String path) {
        return path == null ? null : new ProjectPath(path);
    }

    private static Symbol pair(String left, String right) {
        return new Items(Items.Kind.TUPLE, List.of(new Text(left), new Text(right)));
    }
}
