package dev.migrationledger.agent.tool.alembic.python.symbolic;

/** Finds modules that a file imports; following itself never looks beyond its own file. */
@FunctionalInterface
public interface ImportedNames {

    /**
     * A module as a file imports it.
     *
     * @param level number of leading dots; 0: an absolute import
     * @param dotted empty for {@code from . import name}
     */
    Found module(int level, String dotted);

    /** The answer. */
    sealed interface Found {

        record Module(Followed followed) implements Found {}

        /**
         * It is not to be looked into.
         *
         * @param reason a clause without a full stop, such as {@code it is imported from 'x', which is no file of this project}
         */
        record Absent(String reason) implements Found {}
    }
}
