package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.Binding;
import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.FileProblem.*;
import dev.migrationledger.contracts.scripts.FileProblem.PythonValue.Kind;
import dev.migrationledger.contracts.scripts.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a module declares to Alembic by its four names. */
final class Declaration {

    /** Characters. Ids are held in a column of 32, and a first line is a line; what is longer is nothing to pass around. */
    private static final int LONGEST = 2_000;

    private final String file;
    private final EvaluatedModule module;
    private final List<FileProblem> problems = new ArrayList<>();

    Declaration(String file, EvaluatedModule module) {
        this.file = file;
        this.module = module;
    }

    /**
     * As a script.
     *
     * @param digest of the file's bytes
     * @param semantics of what it does; absent where that is unknown
     */
    Script script(String digest, @Nullable SemanticDigest semantics) {
        for (SyntaxProblem problem : module.problems()) {
            problems.add(new InvalidPython(place(problem.line()), problem.error()));
        }
        String revision = revision();
        if (revision == null) {
            return new Script(null, List.copyOf(problems));
        }
        List<String> parents = parents(revision);
        List<String> dependsOn = texts(Declared.DEPENDS_ON);
        List<String> labels = texts(Declared.BRANCH_LABELS);
        return new Script(
                new Revision(revision, parents, dependsOn, labels, message(), file, digest, semantics),
                List.copyOf(problems));
    }

    private @Nullable String revision() {
        Binding bound = module.value("revision");
        if (bound == null) {
            return undeclared();
        }
        if (bound.symbol() instanceof Symbol.Text text && !text.text().isEmpty()) {
            return sound(text.text());
        }
        if (bound.symbol() instanceof Symbol.Unknown unknown) {
            unknown(Declared.REVISION, unknown);
        } else {
            problems.add(new RevisionNotText(place(bound.line()), value(bound.symbol())));
        }
        return null;
    }

    /** Scripts of Alembic before 0.2 had their id in the file's name alone, and Alembic still reads them so. */
    private @Nullable String undeclared() {
        String name = file.substring(file.lastIndexOf('/') + 1);
        String stem = name.substring(0, name.length() - ".py".length());
        if (module.wildcardImport() != null) {
            problems.add(new WildcardImport(place(module.wildcardImport())));
            return null;
        }
        if (module.problems().isEmpty() && !stem.isEmpty()
                && stem.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
            return stem;
        }
        if (module.problems().isEmpty()) {
            problems.add(new RevisionMissing(new Place(file)));
        }
        return null;
    }

    private List<String> parents(String revision) {
        Binding bound = module.value("down_revision");
        if (bound == null) {
            if (module.problems().isEmpty()) {
                problems.add(new ParentMissing(new Place(file), revision));
            }
            return List.of();
        }
        if (bound.symbol() instanceof Symbol.Text text && text.text().isEmpty()) {
            problems.add(new ParentEmpty(place(bound.line())));
            return List.of();
        }
        return texts(Declared.DOWN_REVISION);
    }

    /** None, one text or several. What else it is becomes a finding, and the declaration counts as absent. */
    private List<String> texts(Declared declared) {
        Binding bound = module.value(declared.name().toLowerCase(Locale.ROOT));
        return switch (bound == null ? Symbol.None.NONE : bound.symbol()) {
            case Symbol.None none -> List.of();
            case Symbol.Text text -> text.text().isEmpty() ? List.of() : List.of(sound(text.text()));
            case Symbol.Items items -> texts(declared, items.values(), line(bound));
            // Alembic goes through whatever it can go through.
            case Symbol.Dict dict -> texts(declared, dict.entries().stream().map(Symbol.Entry::key).toList(),
                    line(bound));
            case Symbol.Unknown unknown -> {
                unknown(declared, unknown);
                yield List.of();
            }
            case Symbol other -> {
                problems.add(new DeclarationNotText(place(line(bound)), declared, value(other)));
                yield List.of();
            }
        };
    }

    private static int line(@Nullable Binding bound) {
        return bound == null ? 0 : bound.line();
    }

    private List<String> texts(Declared declared, List<Symbol> values, int line) {
        List<String> texts = new ArrayList<>();
        for (Symbol value : values) {
            if (value instanceof Symbol.Text text) {
                texts.add(sound(text.text()));
            } else if (value instanceof Symbol.Unknown unknown) {
                problems.add(new PartUnknown(place(line), declared, unknown.reason()));
            } else {
                problems.add(new PartNotText(place(line), declared, value(value)));
            }
        }
        return texts;
    }

    private static PythonValue value(Symbol value) {
        return switch (value) {
            case Symbol.None none -> new PythonValue(Kind.NONE);
            case Symbol.Text text -> new PythonValue(text.text().isEmpty() ? Kind.EMPTY_TEXT : Kind.TEXT);
            case Symbol.Truth truth -> new PythonValue(truth.truth() ? Kind.TRUE : Kind.FALSE);
            case Symbol.Numeral numeral -> new PythonValue(Kind.NUMBER, numeral.source());
            case Symbol.Items items -> new PythonValue(switch (items.kind()) {
                case TUPLE -> Kind.TUPLE;
                case LIST -> Kind.LIST;
                case SET -> Kind.SET;
            });
            case Symbol.Dict dict -> new PythonValue(Kind.DICT);
            case Symbol.Made made -> new PythonValue(Kind.BYTES);
            case Symbol other -> new PythonValue(Kind.OTHER);
        };
    }

    private void unknown(Declared declared, Symbol.Unknown unknown) {
        problems.add(new DeclarationUnknown(place(unknown.place().line()), declared, unknown.expression(),
                unknown.reason()));
    }

    private @Nullable String message() {
        String docstring = module.docstring();
        return docstring == null
                ? null
                : docstring.strip().lines().findFirst().map(String::strip).map(Declaration::sound).orElse(null);
    }

    /** Without what no other system takes as text: half characters and null characters, which escapes can produce. */
    private static String sound(String text) {
        String shortened = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return new String(shortened.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '?');
    }

    private Place place(int line) {
        return Place.of(file, line);
    }
}
