package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.OtherFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds modules that a file imports, and other files of the project; following itself never looks beyond its own file. */
@FunctionalInterface
public interface ImportedNames {

    /**
     * A module as a file imports it.
     *
     * @param level number of leading dots; 0: an absolute import
     * @param dotted empty for {@code from . import name}
     */
    Found module(int level, String dotted);

    /**
     * A text file of the project.
     *
     * @param path as {@link dev.migrationledger.agent.python.syntax.Source#file} names files
     */
    default TextFile text(String path) {
        return new TextFile.Absent(new OtherFile(path, OtherFile.Obstacle.UNREADABLE));
    }

    /** The folder of a package that the file could import; absent: it is in no folder of this project. */
    default @Nullable String folder(String dotted) {
        return null;
    }

    /** Names of what is in a folder of the project, in order; absent: it is none. */
    default @Nullable List<String> entries(String folder) {
        return null;
    }

    /** An option of the section by which the tool is configured, as its own commands find it. */
    default Option option(String name) {
        return new Option.Unclear();
    }

    /** The answer to {@link #option}. */
    sealed interface Option {

        /**
         * It has a value, or none.
         *
         * @param value absent: nothing sets it
         */
        record Known(
                @Nullable String value) implements Option {}

        /** It may have any value. */
        record Unclear() implements Option {}
    }

    /** The answer to {@link #text}. */
    sealed interface TextFile {

        record Known(Source source) implements TextFile {}

        /** It is not to be read. */
        record Absent(UnreadReason reason) implements TextFile {}
    }

    /** The answer to {@link #module}. */
    sealed interface Found {

        record Module(EvaluatedModule followed) implements Found {}

        /** It is not to be looked into. */
        record Absent(UnreadReason reason) implements Found {}
    }
}
