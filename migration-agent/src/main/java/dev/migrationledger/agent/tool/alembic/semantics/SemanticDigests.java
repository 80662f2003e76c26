package dev.migrationledger.agent.tool.alembic.semantics;

import dev.migrationledger.agent.python.canonical.CanonicalCode;
import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.text.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the digest of what a script does. Its declarations are left out where nothing in it can read them: a revision carries them beside the
 * digest, and two files that differ in nothing else do the same under two ids.
 */
public final class SemanticDigests {

    /**
     * The form of this version. Raise it whenever some script would get another digest or lose the one it has; then raise {@code History.FORM},
     * too, so that agents publish their scripts again.
     */
    public static final int FORM = 1;

    /** Bytes. A larger file gets no digest: that is data, and takes long to read in full. */
    public static final int LARGEST = 1 << 20;

    private static final Set<String> DECLARATIONS = Set.of("revision", "down_revision", "depends_on", "branch_labels");

    /** Who uses one of these may read a declaration by its name. */
    private static final Set<String> READS_DECLARATIONS = Set.of("__annotations__", "__dict__", "__name__",
            "__import__", "eval", "exec", "f_globals", "get_annotations", "get_type_hints", "globals", "import_module",
            "locals", "modules", "vars");

    /** Stands for the name of a declaration, which would look as if something read it. */
    private static final String ANY_DECLARATION = "declaration";

    /** Longer ones are cut off in a revision. */
    private static final int LONGEST_DECLARATION = 255;

    private SemanticDigests() {}

    /** Of a script; empty where Python cannot read it, or where this agent cannot tell what in it counts. */
    public static Optional<SemanticDigest> of(Source source) {
        if (source.problem() != null) {
            return Optional.empty();
        }
        try {
            List<Statement> module = source.reading().rest();
            List<Statement> rest = withoutDeclarations(module);
            Optional<CanonicalCode> code = CanonicalCode.of(rest);
            if (code.isPresent() && (code.get().opaque() || code.get().uses(DECLARATIONS)
                    || code.get().uses(READS_DECLARATIONS))) {
                code = CanonicalCode.of(module);
            }
            boolean empty = EmptyScripts.include(rest);
            return code.map(it -> digest(it, empty));
        } catch (SyntaxProblem problem) {
            return Optional.empty();
        }
    }

    private static SemanticDigest digest(CanonicalCode code, boolean empty) {
        boolean selfContained = Surroundings.areNotUsedBy(code);
        return new SemanticDigest(FORM, Sha256.hex(code.text()), selfContained, empty && selfContained);
    }

    private static List<Statement> withoutDeclarations(List<Statement> module) {
        List<Statement> rest = new ArrayList<>(module.size());
        for (Statement statement : module) {
            switch (statement) {
                case Statement.Assign it when it.targets().stream().allMatch(SemanticDigests::isDeclaration)
                        && isDeclared(it.value()) -> {
                    // A revision has it.
                }
                case Statement.Annotate it when isDeclaration(it.target()) && it.value() != null
                        && isDeclared(it.value()) ->
                    // Its annotation may do something.
                    rest.add(new Statement.Annotate(new Expression.Name(ANY_DECLARATION, it.target().place()),
                            it.annotation(), null, it.place()));
                case Statement other -> rest.add(other);
            }
        }
        return rest;
    }

    private static boolean isDeclaration(Expression target) {
        return target instanceof Expression.Name name && DECLARATIONS.contains(name.name());
    }

    /** Whether a revision has just this value. */
    private static boolean isDeclared(Expression value) {
        return switch (value) {
            case Expression.Constant constant -> constant.word() == Expression.Word.NONE;
            case Expression.Sequence sequence -> sequence.kind() != Expression.Brackets.SET
                    && sequence.elements().stream().allMatch(SemanticDigests::isId);
            default -> isId(value);
        };
    }

    private static boolean isId(Expression value) {
        return value instanceof Expression.Text text && !text.text().isEmpty()
                && text.text().length() <= LONGEST_DECLARATION
                && text.text().chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
