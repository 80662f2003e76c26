package dev.migrationledger.core.scripts;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.ConfigProblem.*;
import dev.migrationledger.contracts.text.Redaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with configuration files, for people. */
final class ConfigFindings {

    private ConfigFindings() {}

    static Finding of(ConfigProblem problem) {
        Exhibit exhibit = FileFindings.exhibit(problem.place());
        return new Finding(problem.code(), severity(problem), exhibit.value(), Redaction.of(message(problem)),
                List.of(exhibit), List.of());
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

    private static String message(ConfigProblem problem) {
        return switch (problem) {
            case ByteOrderMark _ ->
                "The file begins with a byte order mark, which ConfigParser takes for text; save it without one.";
            case LineOutsideSection it ->
                "Line %d stands before any [section]; put it below one, such as [alembic]."
                        .formatted(it.place().line());
            case LineNotUnderstood it ->
                "Line %d is neither 'name = value' nor a [section]; a value that goes on must be indented, and a remark begin with '#'."
                        .formatted(it.place().line());
            case SectionTwice it ->
                "The section [%s] is there twice; move its options into the first one.".formatted(it.section());
            case OptionTwice it ->
                "The option '%s' is there twice in [%s]; keep one of them.".formatted(it.option(), it.section());
            case ReferenceTooDeep it ->
                "The value of '%s' refers to itself, or too deeply; write it out.".formatted(it.option());
            case StrayPercent it ->
                "%s a '%%' that stands for itself, and ConfigParser wants '%%%%' for it%s.".formatted(
                        it.holder() == null
                                ? "'" + it.option() + "' has"
                                : "'" + it.option() + "' refers to '" + it.holder() + "', which has",
                        corrected(it.corrected()));
            case UndefinedReference it ->
                "'%s' refers to '%%(%s)s', but there is no such option in [%s] or [DEFAULT]; define it, or double the '%%'%s."
                        .formatted(it.option(), it.reference(), it.section(), corrected(it.corrected()));
            case NotToml it ->
                "The file is no TOML, so Alembic fails on every command (%s); correct the line.".formatted(it.error());
            case NestedTooDeeply _ ->
                "The file is nested too deeply to be read; remove what nests so deeply.";
            case NoTable _ ->
                "'tool.alembic' is no table, so Alembic fails with 'Incorrect TOML format'; write [tool.alembic] and its options below it.";
            case BooleanExpected it ->
                "'%s = %s' is no boolean, so Alembic fails with 'boolean value expected for TOML parameter'; write true or false without quotes."
                        .formatted(it.option(), it.value());
            case ListExpected it ->
                "'%s' is no list, and Alembic takes a text for one of its letters each; write [\"…\"]."
                        .formatted(it.option());
            case TablesExpected it ->
                "'%s' is no list of tables, so Alembic fails; write [[tool.alembic.%s]].".formatted(it.option(),
                        it.option());
            case TextExpected it ->
                "'%s' holds %s where Alembic needs a text, so it fails on every command; write it in quotes."
                        .formatted(it.option(), it.found());
            case StrayTomlPercent it ->
                "'%s' has a '%%' that begins neither '%%(here)s' nor '%%%%', and Alembic formats the text with Python's '%%', so it fails on every command; write '%s'."
                        .formatted(it.option(), it.corrected());
            case IniNotUtf8 _ ->
                "The file is not UTF-8, so what Alembic reads depends on each machine's locale; save it as UTF-8.";
            case TomlNotUtf8 _ ->
                "The file is not UTF-8, which TOML has to be; save it as UTF-8.";
            case OtherWordForTrue it ->
                "'%s = %s' counts as false, because Alembic knows only 'true'; write '%s = true'.".formatted(
                        it.option(), it.value(), it.option());
            case NoScriptLocation it ->
                "There is no 'script_location' in [%s], without which Alembic does nothing; add the folder of env.py, such as 'script_location = %s'."
                        .formatted(it.section() == null ? "tool.alembic" : it.section(),
                                it.section() == null ? "\"migrations\"" : "migrations");
            case UnknownSeparator it ->
                "'%s = %s' is no separator that Alembic knows, so every command fails; write space, newline, os, ':' or ';'."
                        .formatted(it.option(), it.value());
            case EmptyVersionLocation _ ->
                "'version_locations' has an empty entry, for which Alembic runs every script of the working directory; remove the separator too many.";
            case NoVersionsFolder it ->
                "There is no folder '%s', so no scripts are read from it; create it or correct 'script_location'."
                        .formatted(it.folder());
            case FolderMissing it ->
                "There is no folder '%s', so no scripts are read from it; create it or correct the path."
                        .formatted(it.folder());
            case FolderAmbiguous it ->
                "Alembic resolves '%s' from the working directory, where it is another folder than beside the configuration file; write '%%(here)s/%s' if that one is meant."
                        .formatted(it.folder(), it.folder());
            case FolderBesideFile it ->
                "'%s' is found beside the configuration file; Alembic itself resolves it from the working directory, so it works only there. '%%(here)s/%s' works from everywhere."
                        .formatted(it.folder(), it.folder());
            case InvalidPath it -> "'%s' cannot be a path: %s.".formatted(it.folder(), it.error());
            case PackageNotFound it ->
                "'%s' is a folder of the Python package '%s', which is neither in the working directory nor beside the configuration file; name the folder itself with --scripts DIR."
                        .formatted(it.folder(), it.pythonPackage());
            case FileTwice it ->
                "'%s' is reached a second time, which Alembic ignores with a warning; let 'version_locations' name each folder once."
                        .formatted(it.place().file());
        };
    }

    private static String corrected(@Nullable String line) {
        return line == null ? "" : ": write '" + line + "'";
    }
}
