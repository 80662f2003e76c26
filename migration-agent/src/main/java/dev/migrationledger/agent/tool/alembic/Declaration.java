package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.alembic.python.Binding;
import dev.migrationledger.agent.tool.alembic.python.ImportedNames;
import dev.migrationledger.agent.tool.alembic.python.Module;
import dev.migrationledger.agent.tool.alembic.python.Value;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.revision.Revision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a module declares to Alembic by its four names. */
final class Declaration {

    /** The names that Alembic looks for in a script. */
    static final Set<String> NAMES = Set.of("revision", "down_revision", "depends_on", "branch_labels");

    /** Characters. Ids are held in a column of 32, and a first line is a line; what is longer is nothing to pass around. */
    private static final int LONGEST = 2_000;

    private final String file;
    private final Module module;
    private final ImportedNames imports;
    private final List<Finding> findings = new ArrayList<>();

    Declaration(String file, Module module, ImportedNames imports) {
        this.file = file;
        this.module = module;
        this.imports = imports;
    }

    Script script(String digest) {
        for (Module.Problem problem : module.problems()) {
            error(
                    problem.line(),
                    "Python cannot read '%s', so Alembic fails on every command: %s. Correct the file.".formatted(file,
                            problem.message()));
        }
        String revision = revision();
        if (revision == null) {
            return new Script(null, List.copyOf(findings));
        }
        List<String> parents = parents(revision);
        List<String> dependsOn = texts("depends_on", "is taken to depend on nothing");
        List<String> labels = texts("branch_labels", "is taken to have no label");
        return new Script(
                new Revision(revision, parents, dependsOn, labels, message(), file, digest), List.copyOf(findings));
    }

    private @Nullable Binding binding(String name) {
        Binding binding = module.names().get(name);
        return binding instanceof Binding.Imported imported ? imports.find(imported, name) : binding;
    }

    private @Nullable String revision() {
        switch (binding("revision")) {
            case Binding.Known(Value.Text text, int line) when !text.text().isEmpty() -> {
                return sound(text.text());
            }
            case Binding.Known(Value value, int line) -> error(
                    line,
                    "'revision' in '%s' is %s, and Alembic fails on every command; write the id as a string."
                            .formatted(file, what(value)));
            case Binding.Unknown unknown -> unknown(
                    "revision", unknown, "so the revision is missing here; write the id as a plain string");
            case Binding.Imported imported -> throw new IllegalStateException("imports were resolved");
            case null -> {
                return undeclared();
            }
        }
        return null;
    }

    /** Scripts of Alembic before 0.2 had their id in the file's name alone, and Alembic still reads them so. */
    private @Nullable String undeclared() {
        String name = file.substring(file.lastIndexOf('/') + 1);
        String stem = name.substring(0, name.length() - ".py".length());
        if (module.wildcardImport() != null) {
            error(
                    module.wildcardImport(),
                    "'%s' binds no 'revision' itself but imports whatever another module has, so the revision is missing here; write 'revision = …' in the script."
                            .formatted(file));
            return null;
        }
        if (module.problems().isEmpty() && !stem.isEmpty()
                && stem.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
            return stem;
        }
        if (module.problems().isEmpty()) {
            error(
                    0,
                    "'%s' declares no 'revision', so Alembic fails on every command with 'Could not determine revision id from filename'; declare it, or move the file out of the folder if it is no migration."
                            .formatted(file));
        }
        return null;
    }

    private List<String> parents(String revision) {
        Binding binding = binding("down_revision");
        if (binding == null) {
            if (module.problems().isEmpty()) {
                error(
                        0,
                        "'%s' declares revision '%s' but no 'down_revision', so Alembic fails on every command; write 'down_revision = None' if it is a base, else the parent's id."
                                .formatted(file, revision));
            }
            return List.of();
        }
        if (binding instanceof Binding.Known(Value.Text text, int line) && text.text().isEmpty()) {
            warn(
                    line,
                    "'down_revision' of '%s' is an empty string, which old versions of Alembic take for a base and new ones fail on (KeyError); write 'down_revision = None'."
                            .formatted(file));
            return List.of();
        }
        return texts("down_revision", "is taken for a base");
    }

    /** None, one text or several. What else it is becomes a finding, and the declaration counts as absent. */
    private List<String> texts(String name, String consequence) {
        return switch (binding(name)) {
            case null -> List.of();
            case Binding.Known(Value.None none, int line) -> List.of();
            case Binding.Known(Value.Text text, int line) ->
                text.text().isEmpty() ? List.of() : List.of(sound(text.text()));
            case Binding.Known(Value.Items items, int line) -> texts(name, items, line);
            case Binding.Known(Value.Other other, int line) -> {
                error(line, "'%s' in '%s' is %s, so it %s here; write strings or None.".formatted(name, file,
                        what(other), consequence));
                yield List.of();
            }
            case Binding.Unknown unknown -> {
                unknown(name, unknown, "so it %s here; write plain strings or None".formatted(consequence));
                yield List.of();
            }
            case Binding.Imported imported -> throw new IllegalStateException("imports were resolved");
        };
    }

    private List<String> texts(String name, Value.Items items, int line) {
        List<String> texts = new ArrayList<>();
        for (Value value : items.values()) {
            if (value instanceof Value.Text text) {
                texts.add(sound(text.text()));
            } else {
                error(
                        line,
                        "'%s' in '%s' contains %s, which is passed over here and which Alembic fails on; write strings only."
                                .formatted(name, file, what(value)));
            }
        }
        return texts;
    }

    private static String what(Value value) {
        return switch (value) {
            case Value.None none -> "None";
            case Value.Text text -> text.text().isEmpty() ? "an empty string" : "a string";
            case Value.Items items -> "a " + items.kind().name().toLowerCase(Locale.ROOT);
            case Value.Other other -> other.source();
        };
    }

    private void unknown(String name, Binding.Unknown unknown, String consequence) {
        findings.add(Finding.warning(
                DivergenceCode.SCRIPTS_UNREADABLE,
                "'%s' in '%s' cannot be known without running the script (%s: %s), %s."
                        .formatted(name, file, unknown.expression(), unknown.reason(), consequence),
                Exhibit.file(file, unknown.line()),
                new Exhibit("expression", unknown.expression(), unknown.line())));
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

    private void error(int line, String message) {
        findings.add(Finding.error(DivergenceCode.SCRIPTS_UNREADABLE, message, exhibit(line)));
    }

    private void warn(int line, String message) {
        findings.add(Finding.warning(DivergenceCode.SCRIPTS_UNREADABLE, message, exhibit(line)));
    }

    private Exhibit exhibit(int line) {
        return line > 0 ? Exhibit.file(file, line) : Exhibit.file(file);
    }
}
