package dev.migrationledger.core.scripts;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.FileProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.text.ListText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What keeps scripts from being read, for people. */
final class FileFindings {

    private FileFindings() {}

    static Finding of(FileProblem problem) {
        List<Exhibit> evidence = new ArrayList<>(List.of(exhibit(problem.place())));
        if (problem instanceof DeclarationUnknown unknown) {
            evidence.add(new Exhibit(What.EXPRESSION, unknown.expression(), unknown.place().line(), null, null,
                    null));
        }
        return new Finding(problem.code(), severity(problem), problem.place().file(), message(problem), evidence,
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

    private static String message(FileProblem problem) {
        String file = problem.place().file();
        return switch (problem) {
            case NoScripts it -> "There is no migration script in '%s'; %s.".formatted(file, it.others().isEmpty()
                    ? "name the folder that holds the migration scripts with --scripts DIR"
                    : "%s has some: name that with --scripts, or the configuration with --config".formatted(
                            ListText.and(ListText.quoted(it.others()))));
            case TooManyScripts it ->
                "There are more than %d scripts or %d folders, so not all from '%s' on is read; let 'version_locations' name only the folders of this history."
                        .formatted(it.files(), it.folders(), file);
            case FolderForbidden _ ->
                "The folder '%s' may not be read by this user, so its scripts are missing here; allow it to list the folder."
                        .formatted(file);
            case FolderUnlistable _ ->
                "The folder '%s' cannot be listed, so its scripts are missing here; see whether its path is too long or its disk fails."
                        .formatted(file);
            case CompiledOnly _ ->
                "'%s' is compiled and has no source beside it, so its revision is missing here; keep the .py file in the folder."
                        .formatted(file);
            case NotRegular _ ->
                "'%s' is no regular file, and Alembic fails on it; remove it from the folder.".formatted(file);
            case TooLarge _ ->
                "'%s' has over 16 MB, so it is not read; move its data out of the script.".formatted(file);
            case DanglingLink _ ->
                "'%s' is a link that leads nowhere, and Alembic fails on it; remove it or restore what it points to."
                        .formatted(file);
            case Vanished _ -> "'%s' vanished while the folder was read; scan once more.".formatted(file);
            case Forbidden _ ->
                "'%s' may not be read by this user, so its revision is missing here; allow it to read the file."
                        .formatted(file);
            case Unreadable it -> "'%s' cannot be read: %s.".formatted(file, it.error());
            case ReadingFailed it ->
                "'%s' cannot be read, so its revision is missing here: %s.".formatted(file, ReasonText.of(it.reason()));
            case AgentError it ->
                "The scripts of '%s' are not read because of an internal error, please report it: %s."
                        .formatted(file, it.error());
            case InvalidPython it ->
                "Python cannot read '%s', so Alembic fails on every command: %s. Correct the file."
                        .formatted(file, ReasonText.of(it.reason()));
            case WildcardImport _ ->
                "'%s' binds no 'revision' itself but imports whatever another module has, so the revision is missing here; write 'revision = …' in the script."
                        .formatted(file);
            case RevisionMissing _ ->
                "'%s' declares no 'revision', so Alembic fails on every command with 'Could not determine revision id from filename'; declare it, or move the file out of the folder if it is no migration."
                        .formatted(file);
            case RevisionNotText it ->
                "'revision' in '%s' is %s, and Alembic fails on every command; write the id as a string."
                        .formatted(file, value(it.found()));
            case ParentMissing it ->
                "'%s' declares revision '%s' but no 'down_revision', so Alembic fails on every command; write 'down_revision = None' if it is a base, else the parent's id."
                        .formatted(file, it.revision());
            case ParentEmpty _ ->
                "'down_revision' of '%s' is an empty string, which old versions of Alembic take for a base and new ones fail on (KeyError); write 'down_revision = None'."
                        .formatted(file);
            case DeclarationUnknown it ->
                "'%s' in '%s' cannot be known without running the script (%s: %s), %s.".formatted(
                        name(it.declared()), file, it.expression(), ReasonText.of(it.reason()),
                        it.declared() == Declared.REVISION
                                ? "so the revision is missing here; write the id as a plain string"
                                : "so it %s here; write plain strings or None".formatted(taken(it.declared())));
            case DeclarationNotText it ->
                "'%s' in '%s' is %s, so it %s here; write strings or None.".formatted(name(it.declared()), file,
                        value(it.found()), taken(it.declared()));
            case PartUnknown it ->
                "Part of '%s' in '%s' cannot be known without running the script (%s), so only the rest counts here; write plain strings."
                        .formatted(name(it.declared()), file, ReasonText.of(it.reason()));
            case PartNotText it ->
                "'%s' in '%s' contains %s, which is passed over here and which Alembic fails on; write strings only."
                        .formatted(name(it.declared()), file, value(it.found()));
        };
    }

    private static String name(Declared declared) {
        return declared.name().toLowerCase(Locale.ROOT);
    }

    /** What a script without the declaration counts as. */
    private static String taken(Declared declared) {
        return switch (declared) {
            case REVISION -> "is taken to declare no revision";
            case DOWN_REVISION -> "is taken for a base";
            case DEPENDS_ON -> "is taken to depend on nothing";
            case BRANCH_LABELS -> "is taken to have no label";
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
            case OTHER -> "no string";
        };
    }

    private static String numeral(@Nullable String written) {
        return written == null ? "a number" : written;
    }
}
