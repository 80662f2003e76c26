package dev.migrationledger.core.scripts;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.ConfigProblem.*;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with configuration files, for people. */
final class ConfigFindings {

    private static final String FAILS = "Alembic fails on every command until then.";

    private ConfigFindings() {}

    static Finding of(ConfigProblem problem) {
        Explanation explanation = explanation(problem);
        return new Finding(problem.code(), severity(problem), problem.place().file(), explanation.message(),
                explanation.below(FileFindings.exhibit(problem.place())), List.of());
    }

    private static Severity severity(ConfigProblem problem) {
        return switch (problem) {
            case FolderAmbiguous _,FolderBesideFile _ -> Severity.INFO;
            case IniNotUtf8 _,OtherWordForTrue _,EmptyVersionLocation _,NoVersionsFolder _,FolderMissing _,InvalidPath _,FileTwice _ ->
                Severity.WARNING;
            case ByteOrderMark _,LineOutsideSection _,LineNotUnderstood _,SectionTwice _,OptionTwice _,ReferenceTooDeep _,StrayPercent _,UndefinedReference _,NotToml _,NestedTooDeeply _,NoTable _,BooleanExpected _,ListExpected _,TablesExpected _,TextExpected _,StrayTomlPercent _,TomlNotUtf8 _,NoScriptLocation _,UnknownSeparator _,PackageNotFound _ ->
                Severity.ERROR;
        };
    }

    private static Explanation explanation(ConfigProblem problem) {
        String file = problem.place().file();
        return switch (problem) {
            case ByteOrderMark _ -> Explanation.of("%s begins with a byte order mark.".formatted(file),
                    "Save the file without a byte order mark.", "ConfigParser reads the mark as text.");
            case LineOutsideSection it -> Explanation.of(
                    "Line %d of %s is not in a section.".formatted(it.place().line(), file),
                    "Move the line below a section, such as [alembic].");
            case LineNotUnderstood it -> Explanation.of(
                    "Line %d of %s is neither 'name = value' nor a section.".formatted(it.place().line(), file),
                    "Indent a line that continues a value, or begin a comment with '#'.");
            case SectionTwice it -> Explanation.of("%s has the section [%s] twice.".formatted(file, it.section()),
                    "Move its options into the first one.");
            case OptionTwice it -> Explanation.of(
                    "Section [%s] of %s sets '%s' twice.".formatted(it.section(), file, it.option()),
                    "Keep one of the two lines.");
            case ReferenceTooDeep it -> Explanation.of(
                    "The value of '%s' refers to itself, or through too many other options.".formatted(it.option()),
                    "Write the value out.");
            case StrayPercent it -> Explanation.of(
                    it.holder() == null
                            ? "'%s' contains a '%%' that is not doubled.".formatted(it.option())
                            : "'%s' refers to '%s', which contains a '%%' that is not doubled.".formatted(it.option(),
                                    it.holder()),
                    doubled(it.corrected()), "ConfigParser reads a single '%' as the start of a reference.");
            case UndefinedReference it -> Explanation.of(
                    "'%s' refers to '%%(%s)s', which neither [%s] nor [DEFAULT] defines.".formatted(it.option(),
                            it.reference(), it.section()),
                    it.corrected() == null
                            ? "Define '%s', or double the '%%' if it is text.".formatted(it.reference())
                            : "Define '%s', or write '%s' if it is text.".formatted(it.reference(), it.corrected()));
            case NotToml it -> Explanation.of("%s is not valid TOML.".formatted(file),
                    "Correct the line: %s.".formatted(it.error()), FAILS);
            case NestedTooDeeply _ -> Explanation.of("%s is nested too deeply to be read.".formatted(file),
                    "Remove the deeply nested value.");
            case NoTable _ -> Explanation.of("'tool.alembic' in %s is not a table.".formatted(file),
                    "Write [tool.alembic] and its options below it.",
                    "Alembic fails with 'Incorrect TOML format'.");
            case BooleanExpected it -> Explanation.of("'%s = %s' is not a boolean.".formatted(it.option(), it.value()),
                    "Write true or false without quotes.",
                    "Alembic fails with 'boolean value expected for TOML parameter'.");
            case ListExpected it -> Explanation.of("'%s' in %s is not a list.".formatted(it.option(), file),
                    "Write [\"…\"].", "Alembic reads each letter of the text as a value.");
            case TablesExpected it -> Explanation.of("'%s' in %s is not a list of tables.".formatted(it.option(), file),
                    "Write [[tool.alembic.%s]].".formatted(it.option()), FAILS);
            case TextExpected it -> Explanation.of(
                    "'%s' in %s is %s instead of a string.".formatted(it.option(), file, type(it.found())),
                    "Write the value in quotes.", FAILS);
            case StrayTomlPercent it -> Explanation.of(
                    "'%s' contains a '%%' that begins neither '%%(here)s' nor '%%%%'.".formatted(it.option()),
                    doubled(it.corrected()), FAILS);
            case IniNotUtf8 _ -> Explanation.of("%s is not UTF-8.".formatted(file), "Save the file as UTF-8.",
                    "What Alembic reads depends on the locale of each machine.");
            case TomlNotUtf8 _ -> Explanation.of("%s is not UTF-8, which TOML requires.".formatted(file),
                    "Save the file as UTF-8.");
            case OtherWordForTrue it -> Explanation.of(
                    "Alembic reads '%s = %s' as false.".formatted(it.option(), it.value()),
                    "Write '%s = true', the only word for true that Alembic knows.".formatted(it.option()));
            case NoScriptLocation it -> Explanation.of(
                    "Section [%s] of %s sets no 'script_location'.".formatted(
                            it.section() == null ? "tool.alembic" : it.section(), file),
                    "Add the folder of env.py, such as 'script_location = %s'."
                            .formatted(it.section() == null ? "\"migrations\"" : "migrations"),
                    FAILS);
            case UnknownSeparator it -> Explanation.of(
                    "Alembic knows no separator '%s' for '%s'.".formatted(it.value(), it.option()),
                    "Write space, newline, os, ':' or ';'.", FAILS);
            case EmptyVersionLocation _ -> Explanation.of("'version_locations' has an empty entry.",
                    "Remove the extra separator.", "Alembic runs every script of the working directory for it.");
            case NoVersionsFolder it -> Explanation.of("There is no folder '%s'.".formatted(it.folder()),
                    "Create the folder, or correct 'script_location'.", "No scripts are read from it.");
            case FolderMissing it -> Explanation.of("There is no folder '%s'.".formatted(it.folder()),
                    "Create the folder, or correct the path.", "No scripts are read from it.");
            case FolderAmbiguous it -> Explanation.of(
                    "Both the working directory and the folder of %s contain '%s'.".formatted(file, it.folder()),
                    "Write '%%(here)s/%s' for the one beside the file.".formatted(it.folder()),
                    "Alembic uses the one in the working directory.");
            case FolderBesideFile it -> Explanation.of(
                    "Alembic finds '%s' only when it runs in the folder of %s.".formatted(it.folder(), file),
                    "Write '%%(here)s/%s', which works from every folder.".formatted(it.folder()));
            case InvalidPath it -> Explanation.of("'%s' cannot be a path.".formatted(it.folder()),
                    "Correct the path: %s.".formatted(it.error()));
            case PackageNotFound it -> Explanation.of(
                    "The Python package '%s' of '%s' was not found.".formatted(it.pythonPackage(), it.folder()),
                    "Name the folder itself with --scripts DIR.",
                    "The package is neither in the working directory nor beside %s.".formatted(file));
            case FileTwice _ -> Explanation.of("Two of the folders lead to '%s'.".formatted(file),
                    "Let 'version_locations' name each folder once.",
                    "Alembic ignores the second with a warning.");
        };
    }

    private static String doubled(@Nullable String corrected) {
        return corrected == null ? "Double the '%'." : "Write '%s'.".formatted(corrected);
    }

    /** @param found as the JSON reader calls it */
    private static String type(String found) {
        return switch (found) {
            case "array" -> "an array";
            case "object" -> "a table";
            case "null" -> "null";
            default -> "a " + found;
        };
    }
}
