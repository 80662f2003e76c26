package dev.migrationledger.agent.tool.alembic.python;

/** Finds what a name imported from another module is bound to; the reader itself never looks beyond its own file. */
@FunctionalInterface
public interface ImportedNames {

    /**
     * What the name is bound to there.
     *
     * @param imported where it comes from
     * @param name as the importing module writes it, for messages
     * @return known, or unknown with its reason
     */
    Binding find(Binding.Imported imported, String name);
}
