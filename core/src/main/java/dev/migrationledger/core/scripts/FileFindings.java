package dev.migrationledger.core.scripts;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.FileProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.text.ListText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What keeps scripts from being read, for people. */
final class FileFindings {

    private static final String FAILS = "Alembic fails on every command until then.";
    private static final String MISSING = "Its revision is missing here.";

    private FileFindings() {}

    static Finding of(FileProblem problem) {
        Explanation explanation = explanation(problem);
        return new Finding(problem.code(), severity(problem), problem.place().file(), explanation.message(),
                explanation.below(problem instanceof DeclarationUnknown unknown
                        ? new Exhibit[]{exhibit(problem.place()),
                            new Exhibit(What.EXPRESSION, unknown.expression(), unknown.place().line(), null, null,
                                    null)}
                        : new Exhibit[]{exhibit(problem.place())}),
                List.of());
    }

    static Exhibit exhibit(Place place) {
        return Exhibit.file(place.file(), place.line());
    }

    private static Severity severity(FileProblem problem) {
        return switch (problem) {
            case NoScripts _,CompiledOnly _,ParentEmpty _,DeclarationUnknown _,PartUnknown _ -> Severity.WARNING;
            case TooManyScripts _,FolderForbidden _,FolderUnlistable _,NotRegular _,TooLarge _,DanglingLink _,Vanished _,Forbidden _,Unreadable _,ReadingFailed _,AgentError _,InvalidPython _,WildcardImport _,RevisionMissing _,RevisionNotText _,ParentMissing _,DeclarationNotText _,PartNotText _ ->
                Severity.ERROR;
        };
    }

    private static Explanation explanation(FileProblem problem) {
        String file = problem.place().file();
        return switch (problem) {
            case NoScripts it -> Explanation.of("There is no migration script in '%s'.".formatted(file),
                    it.others().isEmpty()
                            ? "Name the folder of the migration scripts with --scripts DIR."
                            : "Name %s with --scripts, or the configuration with --config.".formatted(
                                    ListText.or(ListText.quoted(it.others()))));
            case TooManyScripts it -> Explanation.of(
                    "The limit of %,d scripts or %,d folders was reached at '%s'."
                            .formatted(it.files(), it.folders(), file),
                    "Let 'version_locations' name only the folders of this history.",
                    "Not all scripts from there on are read.");
            case FolderForbidden _ -> Explanation.of("This user may not list the folder '%s'.".formatted(file),
                    "Allow this user to list the folder.", "Its scripts are missing here.");
            case FolderUnlistable _ -> Explanation.of("The folder '%s' cannot be listed.".formatted(file),
                    "Check whether its path is too long or its disk fails.", "Its scripts are missing here.");
            case CompiledOnly _ -> Explanation.of("'%s' is compiled and has no source beside it.".formatted(file),
                    "Keep the .py file in the folder.", MISSING);
            case NotRegular _ -> Explanation.of("'%s' is not a regular file.".formatted(file),
                    "Remove it from the folder.", FAILS);
            case TooLarge _ -> Explanation.of("'%s' has over 16 MB and is not read.".formatted(file),
                    "Move its data out of the script.", MISSING);
            case DanglingLink _ -> Explanation.of("The link '%s' points to a missing file.".formatted(file),
                    "Remove the link, or restore the file that it points to.", FAILS);
            case Vanished _ -> Explanation.of("'%s' was deleted while the folder was read.".formatted(file),
                    "Scan again.");
            case Forbidden _ -> Explanation.of("This user may not read '%s'.".formatted(file),
                    "Allow this user to read the file.", MISSING);
            case Unreadable it -> Explanation.of("'%s' cannot be read.".formatted(file),
                    "Correct what the operating system reports: %s.".formatted(it.error()), MISSING);
            case ReadingFailed it -> Explanation.of("'%s' cannot be read.".formatted(file),
                    "Simplify the script: %s.".formatted(ReasonText.of(it.reason())), MISSING);
            case AgentError it -> Explanation.of("An internal error stopped the reading of '%s'.".formatted(file),
                    "Report this error: %s.".formatted(it.error()));
            case InvalidPython it -> Explanation.of("Python cannot read '%s'.".formatted(file),
                    "Correct the file: %s.".formatted(ReasonText.of(it.reason())), FAILS);
            case WildcardImport _ -> Explanation.of("'%s' takes 'revision' from a wildcard import.".formatted(file),
                    "Write 'revision = …' in the script.", MISSING);
            case RevisionMissing _ -> Explanation.of("'%s' declares no 'revision'.".formatted(file),
                    "Declare 'revision', or move the file out of the folder if it is not a migration.",
                    "Alembic fails with 'Could not determine revision id from filename'.");
            case RevisionNotText it -> Explanation.of(
                    "'revision' in '%s' is %s instead of a string.".formatted(file, value(it.found())),
                    "Write the id as a string.", FAILS);
            case ParentMissing it -> Explanation.of(
                    "'%s' declares revision '%s' but no 'down_revision'.".formatted(file, it.revision()),
                    "Write 'down_revision = None' if it is a base, else the id of its parent.", FAILS);
            case ParentEmpty _ -> Explanation.of("'down_revision' in '%s' is an empty string.".formatted(file),
                    "Write 'down_revision = None'.",
                    "Old versions of Alembic read it as a base; new ones fail with KeyError.");
            case DeclarationUnknown it -> Explanation.of(
                    "'%s' in '%s' cannot be known without running the script.".formatted(name(it.declared()), file),
                    it.declared() == Declared.REVISION
                            ? "Write the id as a plain string."
                            : "Write plain strings or None.",
                    "It is computed from '%s': %s.".formatted(it.expression(), ReasonText.of(it.reason())),
                    taken(it.declared()));
            case DeclarationNotText it -> Explanation.of(
                    "'%s' in '%s' is %s.".formatted(name(it.declared()), file, value(it.found())),
                    "Write strings or None.", taken(it.declared()));
            case PartUnknown it -> Explanation.of(
                    "Part of '%s' in '%s' cannot be known without running the script.".formatted(name(it.declared()),
                            file),
                    "Write plain strings.", "Only the rest counts here: %s.".formatted(ReasonText.of(it.reason())));
            case PartNotText it -> Explanation.of(
                    "'%s' in '%s' contains %s.".formatted(name(it.declared()), file, value(it.found())),
                    "Write strings only.", FAILS);
        };
    }

    private static String name(Declared declared) {
        return declared.name().toLowerCase(Locale.ROOT);
    }

    /** What a script without the declaration counts as. */
    private static String taken(Declared declared) {
        return switch (declared) {
            case REVISION -> MISSING;
            case DOWN_REVISION -> "Until then it counts as a base.";
            case DEPENDS_ON -> "Until then it depends on nothing.";
            case BRANCH_LABELS -> "Until then it has no label.";
        };
    }

    private static String value(PythonValue found) {
        return switch (found.kind()) {
            case NONE -> "None";
            case EMPTY_TEXT -> "an empty string";
            case TEXT -> "a string";
            case TRUE -> "True";
            case FALSE -> "False";
            case NUMBER -> numeral(found.numeral());
            case LIST -> "a list";
            case TUPLE -> "a tuple";
            case SET -> "a set";
            case DICT -> "a dict";
            case BYTES -> "bytes";
            case OTHER -> "not a string";
        };
    }

    private static String numeral(@Nullable String written) {
        return written == null ? "a number" : written;
    }
}
