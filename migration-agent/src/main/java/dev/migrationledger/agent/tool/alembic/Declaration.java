package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.Binding;
import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.revision.Revision;
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
    private final List<Finding> findings = new ArrayList<>();

    Declaration(String file, EvaluatedModule module) {
        this.file = file;
        this.module = module;
    }

    Script script(String digest) {
        for (SyntaxProblem problem : module.problems()) {
            error(
                    problem.line(),
                    "Python cannot read '%s', so Alembic fails on every command: %s. Correct the file.".formatted(file,
                            problem.reason()));
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

    private @Nullable String revision() {
        Binding bound = module.value("revision");
        if (bound == null) {
            return undeclared();
        }
        if (bound.symbol() instanceof Symbol.Text text && !text.text().isEmpty()) {
            return sound(text.text());
        }
        if (bound.symbol() instanceof Symbol.Unknown unknown) {
            unknown("revision", unknown, "so the revision is missing here; write the id as a plain string");
        } else {
            error(
                    bound.line(),
                    "'revision' in '%s' is %s, and Alembic fails on every command; write the id as a string."
                            .formatted(file, what(bound.symbol())));
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
        Binding bound = module.value("down_revision");
        if (bound == null) {
            if (module.problems().isEmpty()) {
                error(
                        0,
                        "'%s' declares revision '%s' but no 'down_revision', so Alembic fails on every command; write 'down_revision = None' if it is a base, else the parent's id."
                                .formatted(file, revision));
            }
            return List.of();
        }
        if (bound.symbol() instanceof Symbol.Text text && text.text().isEmpty()) {
            warn(
                    bound.line(),
                    "'down_revision' of '%s' is an empty string, which old versions of Alembic take for a base and new ones fail on (KeyError); write 'down_revision = None'."
                            .formatted(file));
            return List.of();
        }
        return texts("down_revision", "is taken for a base");
    }

    /** None, one text or several. What else it is becomes a finding, and the declaration counts as absent. */
    private List<String> texts(String name, String consequence) {
        Binding bound = module.value(name);
        return switch (bound == null ? Symbol.None.NONE : bound.symbol()) {
            case Symbol.None none -> List.of();
            case Symbol.Text text -> text.text().isEmpty() ? List.of() : List.of(sound(text.text()));
            case Symbol.Items items -> texts(name, items.values(), line(bound));
            // Alembic goes through whatever it can go through.
            case Symbol.Dict dict -> texts(name, dict.entries().stream().map(Symbol.Entry::key).toList(), line(bound));
            case Symbol.Unknown unknown -> {
                unknown(name, unknown, "so it %s here; write plain strings or None".formatted(consequence));
                yield List.of();
            }
            case Symbol other -> {
                error(line(bound), "'%s' in '%s' is %s, so it %s here; write strings or None.".formatted(name, file,
                        what(other), consequence));
                yield List.of();
            }
        };
    }

    private static int line(@Nullable Binding bound) {
        return bound == null ? 0 : bound.line();
    }

    private List<String> texts(String name, List<Symbol> values, int line) {
        List<String> texts = new ArrayList<>();
        for (Symbol value : values) {
            if (value instanceof Symbol.Text text) {
                texts.add(sound(text.text()));
            } else if (value instanceof Symbol.Unknown unknown) {
                warn(
                        line,
                        "Part of '%s' in '%s' cannot be known without running the script (%s), so only the rest counts here; write plain strings."
                                .formatted(name, file, unknown.reason()));
            } else {
                error(
                        line,
                        "'%s' in '%s' contains %s, which is passed over here and which Alembic fails on; write strings only."
                                .formatted(name, file, what(value)));
            }
        }
        return texts;
    }

    private static String what(Symbol value) {
        return switch (value) {
            case Symbol.None none -> "None";
            case Symbol.Text text -> text.text().isEmpty() ? "an empty string" : "a string";
            case Symbol.Truth truth -> truth.truth() ? "True" : "False";
            case Symbol.Numeral numeral -> numeral.source();
            case Symbol.Items items -> "a " + items.kind().name().toLowerCase(Locale.ROOT);
            case Symbol.Dict dict -> "a dict";
            case Symbol.Made made -> "bytes";
            case Symbol other -> "no string";
        };
    }

    private void unknown(String name, Symbol.Unknown unknown, String consequence) {
        findings.add(Finding.warning(
                DivergenceCode.SCRIPTS_UNREADABLE,
                "'%s' in '%s' cannot be known without running the script (%s: %s), %s."
                        .formatted(name, file, unknown.expression(), unknown.reason(), consequence),
                Exhibit.file(file, unknown.place().line()),
                new Exhibit("expression", unknown.expression(), unknown.place().line())));
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
