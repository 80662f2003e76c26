package dev.migrationledger.contracts.scripts;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.unread.SyntaxError;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What keeps a script from being read, or a part of what it declares. */
public sealed interface FileProblem extends ScriptProblem {

    Place place();

    @Override
    default DivergenceCode code() {
        return DivergenceCode.SCRIPTS_UNREADABLE;
    }

    /** A problem that has a reason: the reader stopped. */
    sealed interface WithReason extends FileProblem {
        UnreadReason reason();
    }

    /**
     * The folder that was named has no script.
     *
     * @param others folders near it that have some
     */
    record NoScripts(Place place, List<String> others) implements FileProblem {
        public NoScripts {
            others = List.copyOf(others);
        }
    }

    /** More is not listed than this many scripts or folders. */
    record TooManyScripts(Place place, int files, int folders) implements FileProblem {}

    /** This user may not list the folder. */
    record FolderForbidden(Place place) implements FileProblem {}

    /** The folder cannot be listed. */
    record FolderUnlistable(Place place) implements FileProblem {}

    /** A compiled file has no source beside it. */
    record CompiledOnly(Place place) implements FileProblem {}

    /** It is neither a file nor a link to one. */
    record NotRegular(Place place) implements FileProblem {}

    /** The file is larger than any script. */
    record TooLarge(Place place) implements FileProblem {}

    /** A link leads nowhere. */
    record DanglingLink(Place place) implements FileProblem {}

    /** The file was there when its folder was listed. */
    record Vanished(Place place) implements FileProblem {}

    /** This user may not read the file. */
    record Forbidden(Place place) implements FileProblem {}

    /**
     * The operating system refuses to read the file.
     *
     * @param error of the operating system
     */
    record Unreadable(Place place, String error) implements FileProblem {}

    /** The agent could not make sense of the file. */
    record ReadingFailed(Place place, UnreadReason reason) implements WithReason {}

    /**
     * The agent failed to read the scripts at all.
     *
     * @param error the name of the exception
     */
    record AgentError(Place place, String error) implements FileProblem {}

    /** Python refuses the file. */
    record InvalidPython(Place place, SyntaxError reason) implements WithReason {}

    /** The revision id may come from a module that is imported with {@code *}. */
    record WildcardImport(Place place) implements FileProblem {}

    /** The script declares no revision, and the file name is not an id. */
    record RevisionMissing(Place place) implements FileProblem {}

    /** The revision is not a text. */
    record RevisionNotText(Place place, PythonValue found) implements FileProblem {}

    /** A revision is declared, but no {@code down_revision}. */
    record ParentMissing(Place place, String revision) implements FileProblem {}

    /** {@code down_revision} is an empty text. */
    record ParentEmpty(Place place) implements FileProblem {}

    /**
     * What is declared cannot be known without running the script.
     *
     * @param expression Python's, from the script
     */
    record DeclarationUnknown(Place place, Declared declared, String expression, UnreadReason reason)
            implements
                WithReason {}

    /** A declaration is not a text. */
    record DeclarationNotText(Place place, Declared declared, PythonValue found) implements FileProblem {}

    /** One of several values cannot be known. */
    record PartUnknown(Place place, Declared declared, UnreadReason reason) implements WithReason {}

    /** One of several values is not a text. */
    record PartNotText(Place place, Declared declared, PythonValue found) implements FileProblem {}

    /** What a script declares to Alembic, by the name of the variable. */
    enum Declared {
        REVISION,
        DOWN_REVISION,
        DEPENDS_ON,
        BRANCH_LABELS
    }

    /**
     * What stands in a script where a text should.
     *
     * @param numeral as it is written; absent where it is not a number
     */
    record PythonValue(Kind kind, @Nullable String numeral) {

        public PythonValue(Kind kind) {
            this(kind, null);
        }

        public enum Kind {
            NONE,
            EMPTY_TEXT,
            TEXT,
            TRUE,
            FALSE,
            NUMBER,
            LIST,
            TUPLE,
            SET,
            DICT,
            BYTES,
            OTHER
        }
    }
}
