package dev.migrationledger.agent.python.symbolic;

import org.jspecify.annotations.Nullable;

/**
 * What is known of libraries that a script calls and of the run it is for. Python itself says nothing about either, so whoever has a
 * module evaluated passes it in. An absent answer means that this is not known, or that the question concerns no such library.
 */
public interface RuntimeAssumptions {

    /** Whether a full name belongs to an installed library, so that no file of the project can have it. */
    boolean isLibrary(String dotted);

    /** The value of an attribute. */
    @Nullable
    Symbol attribute(Symbol of, String name);

    /** What a call returns, whatever the schema holds. */
    @Nullable
    Symbol returned(Symbol callee, Arguments arguments, ImportedNames imports);

    /** What a function that nothing in the project calls gets for a parameter. */
    @Nullable
    Symbol passed(String parameter);

    /** The name that a call only marks as a finished one. */
    @Nullable
    Symbol marked(Symbol.Made call);

    /**
     * What the schema answers to a call.
     *
     * @param asked how many calls there were before
     */
    @Nullable
    Symbol answer(Symbol.Made call, int asked);

    /** What a method gives on a result of such a call, or on a row of it. */
    @Nullable
    Symbol result(Answer answer, String method);

    /** Whether a call asks what the schema holds, even where {@link #answer} cannot read the question. */
    boolean asksSchema(Symbol.Made call);

    /** Whether a column of a row that describes an object of this kind has its name. */
    boolean isNameColumn(Sought.Kind kind, String column);

    /**
     * The condition on which a query succeeds that only reads a table or its columns.
     *
     * @param asked how many calls there were before
     * @return absent if the query can fail for another reason, or the call sends no query
     */
    @Nullable
    Guard found(Symbol.Made call, int asked);

    /** Whether something is of a library that uses the database, or comes from one. */
    boolean usesDatabase(Symbol symbol);

    /** Whether a call has the transaction go on after a statement that is refused, or ends it. */
    boolean keepsTransaction(Symbol.Made call);

    /** Whether the source of an exception handler keeps the transaction alive. */
    boolean keepsTransaction(String handler);

    /** Whether a call can ask the database to do something that it refuses. */
    boolean canBeRefused(Symbol.Made call);

    /**
     * On which condition a call does not fail, and lets the transaction go on as it was.
     *
     * @param asked how many calls there were before
     */
    Guard succeeds(Symbol.Made call, int asked);
}
