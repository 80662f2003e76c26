package dev.migrationledger.contracts.scripts;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.text.Redaction;
import org.jspecify.annotations.Nullable;

/** What is wrong with a configuration file, or with a folder that it names. What looks like a secret is replaced. */
public sealed interface ConfigProblem extends ScriptProblem {

    Place place();

    @Override
    default DivergenceCode code() {
        return DivergenceCode.CONFIG_INVALID;
    }

    /** What is wrong with one option. */
    sealed interface OfOption extends ConfigProblem {
        /** In lower case. */
        String option();
    }

    /** The file begins with a byte order mark. */
    record ByteOrderMark(Place place) implements ConfigProblem {}

    /** A line stands before any section of an ini. */
    record LineOutsideSection(Place place) implements ConfigProblem {}

    /** A line is neither an option nor a section. */
    record LineNotUnderstood(Place place) implements ConfigProblem {}

    /** A section is there twice. */
    record SectionTwice(Place place, String section) implements ConfigProblem {
        public SectionTwice {
            section = Redaction.of(section);
        }
    }

    /** An option is there twice in one section. */
    record OptionTwice(Place place, String option, String section) implements OfOption {
        public OptionTwice {
            option = Redaction.of(option);
            section = Redaction.of(section);
        }
    }

    /** The value of an option refers to itself, or through too many others. */
    record ReferenceTooDeep(Place place, String option) implements OfOption {}

    /**
     * A {@code %} begins no reference.
     *
     * @param holder the option that has it, where the option that is asked for refers to another
     * @param corrected the line as it should be; absent where it may hold a secret
     */
    record StrayPercent(Place place, String option, @Nullable String holder, @Nullable String corrected)
            implements
                OfOption {
        public StrayPercent {
            corrected = corrected == null ? null : Redaction.of(corrected);
        }
    }

    /**
     * An option refers to another one that is not there.
     *
     * @param section in which it is looked for
     * @param corrected the line with the {@code %} doubled; absent where it may hold a secret
     */
    record UndefinedReference(Place place, String option, String reference, String section, @Nullable String corrected)
            implements
                OfOption {
        public UndefinedReference {
            reference = Redaction.of(reference);
            section = Redaction.of(section);
            corrected = corrected == null ? null : Redaction.of(corrected);
        }
    }

    /**
     * A file is not TOML.
     *
     * @param error of the TOML reader, its first line
     */
    record NotToml(Place place, String error) implements ConfigProblem {
        public NotToml {
            error = Redaction.of(error);
        }
    }

    /** A file is nested too deeply to be read. */
    record NestedTooDeeply(Place place) implements ConfigProblem {}

    /** {@code tool.alembic} is not a table. */
    record NoTable(Place place) implements ConfigProblem {}

    /**
     * An option holds something else than a boolean.
     *
     * @param value as JSON
     */
    record BooleanExpected(Place place, String option, String value) implements OfOption {
        public BooleanExpected {
            value = Redaction.of(option, value);
        }
    }

    /** An option holds something else than a list. */
    record ListExpected(Place place, String option) implements OfOption {}

    /** An option holds something else than a list of tables. */
    record TablesExpected(Place place, String option) implements OfOption {}

    /**
     * An option holds something else than a text.
     *
     * @param found the type of what is there, as the JSON reader calls it: {@code number}, {@code array} …
     */
    record TextExpected(Place place, String option, String found) implements OfOption {}

    /**
     * In TOML a {@code %} begins neither {@code %(here)s} nor {@code %%}.
     *
     * @param corrected the value as it should be
     */
    record StrayTomlPercent(Place place, String option, String corrected) implements OfOption {
        public StrayTomlPercent {
            corrected = Redaction.of(option, corrected);
        }
    }

    /** An ini is not UTF-8. */
    record IniNotUtf8(Place place) implements ConfigProblem {}

    /** A TOML file is not UTF-8. */
    record TomlNotUtf8(Place place) implements ConfigProblem {}

    /** A word for "true" that Alembic does not know. */
    record OtherWordForTrue(Place place, String option, String value) implements OfOption {}

    /**
     * No {@code script_location} is set.
     *
     * @param section of the ini; absent: the table of {@code pyproject.toml}
     */
    record NoScriptLocation(Place place, @Nullable String section) implements ConfigProblem {}

    /**
     * An option names a separator that Alembic does not know.
     *
     * @param value the separator that no version of Alembic knows
     */
    record UnknownSeparator(Place place, String option, String value) implements OfOption {
        public UnknownSeparator {
            value = Redaction.of(option, value);
        }
    }

    /** {@code version_locations} has an empty entry. */
    record EmptyVersionLocation(Place place) implements ConfigProblem {}

    /** The script location has no folder {@code versions}. */
    record NoVersionsFolder(Place place, String folder) implements ConfigProblem {
        public NoVersionsFolder {
            folder = Redaction.of(folder);
        }
    }

    /** A folder that is named is not there. */
    record FolderMissing(Place place, String folder) implements ConfigProblem {
        public FolderMissing {
            folder = Redaction.of(folder);
        }
    }

    /** A folder of this name is in the working directory and another one beside the file. */
    record FolderAmbiguous(Place place, String folder) implements ConfigProblem {
        public FolderAmbiguous {
            folder = Redaction.of(folder);
        }
    }

    /** The folder is beside the file, and not in the working directory, where Alembic looks. */
    record FolderBesideFile(Place place, String folder) implements ConfigProblem {
        public FolderBesideFile {
            folder = Redaction.of(folder);
        }
    }

    /**
     * A text cannot be a path.
     *
     * @param error of the file system
     */
    record InvalidPath(Place place, String folder, String error) implements ConfigProblem {
        public InvalidPath {
            folder = Redaction.of(folder);
        }
    }

    /**
     * A folder of a Python package that was not found.
     *
     * @param folder such as {@code package.module:folder}
     */
    record PackageNotFound(Place place, String folder, String pythonPackage) implements ConfigProblem {
        public PackageNotFound {
            folder = Redaction.of(folder);
            pythonPackage = Redaction.of(pythonPackage);
        }
    }

    /** Two of the folders lead to the same file. */
    record FileTwice(Place place) implements ConfigProblem {}
}
