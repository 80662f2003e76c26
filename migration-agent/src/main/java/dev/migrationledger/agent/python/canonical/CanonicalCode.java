package dev.migrationledger.agent.python.canonical;

import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a module does, in the form that its package describes.
 *
 * @param text in ASCII
 * @param names that it uses, as names, attributes and in imports, each part of a dotted one; not the parameters of its functions
 * @param modules that it imports or imports from, dotted, with as many leading dots as are written
 * @param opaque whether parts of it were taken as they are written, so that names and modules may be missing
 */
public record CanonicalCode(String text, Set<String> names, Set<String> modules, boolean opaque) {
    public CanonicalCode {
        names = Set.copyOf(names);
        modules = Set.copyOf(modules);
    }

    /** Who uses one of these may look at docstrings and annotations. */
    private static final Set<String> INTROSPECTIVE = Set.of("__annotate__", "__annotations__", "__dict__", "__doc__",
            "eval", "exec", "get_annotations", "get_type_hints", "getdoc", "getfullargspec", "getmembers", "register",
            "signature", "singledispatch", "singledispatchmethod", "vars");

    /** Who uses one of these may look at its own source, in which everything counts. */
    private static final Set<String> SELF_READING = Set.of("__code__", "co_firstlineno", "f_lineno", "findlinestarts",
            "getframeinfo", "getsource", "getsourcelines", "lineno", "linecache", "tb_lineno");

    /**
     * The code of a module's statements.
     *
     * @return empty where it may look at its own source, or is nested too deep
     * @throws SyntaxProblem where Python could not read a body either
     */
    public static Optional<CanonicalCode> of(List<Statement> module) throws SyntaxProblem {
        try {
            CanonicalCode code = written(module, false);
            if (code.uses(SELF_READING)) {
                return Optional.empty();
            }
            return Optional.of(code.opaque || code.uses(INTROSPECTIVE) ? written(module, true) : code);
        } catch (CodeWriter.TooDeep tooDeep) {
            return Optional.empty();
        }
    }

    private static CanonicalCode written(List<Statement> module, boolean inFull) throws SyntaxProblem {
        CodeWriter writer = new CodeWriter();
        new StatementWriter(writer, inFull).module(module);
        return writer.code();
    }

    /** Whether it uses one of these names. */
    public boolean uses(Set<String> some) {
        return some.stream().anyMatch(names::contains);
    }
}
