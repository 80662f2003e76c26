package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.SizeLimitExceeded;
import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.contracts.unread.ValueReason.TooManyNames;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A module as importing it would leave it, without running it. Its functions can be followed when somebody asks for that.
 * Whatever the bytes are, it returns, or says by {@link EvaluationLimitExceeded} that they are too much. One thread at a time.
 */
public final class EvaluatedModule {

    /** Steps for each statement of a module. */
    private static final int STEPS_OF_STATEMENT = 100_000;

    /** Steps for each statement where those of the whole module are taken: enough for a name and a text. */
    private static final int STEPS_OF_LAST = 20;

    /** Steps for a module, besides some for each of its characters. */
    private static final int STEPS_OF_MODULE = 200_000;
    private static final int STEPS_OF_CHARACTER = 5;

    /** Steps for any module: each may make a value that is kept. */
    private static final int MOST_STEPS_OF_MODULE = 500_000;

    /** Names of a module; each keeps its place and its value. */
    private static final int MOST_NAMES = 50_000;

    /** Steps for a function and what it calls. */
    private static final int STEPS_OF_FUNCTION = 200_000;

    private final Source source;
    private final ImportedNames imports;
    private final Frame frame;
    private final Interpreter machine;
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private final Imports imported;
    private @Nullable String docstring;

    /** Steps that the module's statements may still take. */
    private int left;

    private EvaluatedModule(Source source, ImportedNames imports, Interpreter machine) {
        this.source = source;
        this.machine = machine;
        this.imports = imports;
        this.frame = Frame.ofModule(this);
        this.imported = new Imports(this);
        this.left = Math.min(
                MOST_STEPS_OF_MODULE, STEPS_OF_MODULE + STEPS_OF_CHARACTER * source.text().length());
    }

    /**
     * Follows a module's statements from top to bottom.
     *
     * @param file as people name it
     * @param bytes of the file
     * @param imports looks for other modules, and is asked only where what they bind matters
     * @param assumptions what is known of libraries that it calls
     */
    public static EvaluatedModule of(
            String file, byte[] bytes, ImportedNames imports, RuntimeAssumptions assumptions) {
        return of(Source.of(file, bytes), imports, assumptions);
    }

    /** As above, from a source that may have been read before. */
    public static EvaluatedModule of(Source source, ImportedNames imports, RuntimeAssumptions assumptions) {
        return run(new EvaluatedModule(source, imports, new Interpreter(assumptions)));
    }

    /** As above, and somebody is told of what happens meanwhile, in functions that the module calls or hands over as well. */
    public static EvaluatedModule of(
            String file,
            byte[] bytes,
            ImportedNames imports,
            RuntimeAssumptions assumptions,
            CallListener follower) {
        return run(new EvaluatedModule(Source.of(file, bytes), imports, new Interpreter(assumptions, follower)));
    }

    /** What another file of the project binds, or an {@link Symbol.Unknown} that says why that cannot be known. */
    public static Symbol resolved(Symbol.Reference reference) {
        return Imports.resolved(reference);
    }

    private static EvaluatedModule run(EvaluatedModule followed) {
        followed.run();
        return followed;
    }

    private void run() {
        SyntaxProblem encoding = source.problem();
        if (encoding != null) {
            problems.add(encoding);
        }
        machine.frames.push(frame);
        Source.Reading reading = source.reading();
        boolean first = true;
        try {
            for (List<Statement> next = reading.next(); !next.isEmpty(); next = reading.next()) {
                if (first && next.getFirst() instanceof Statement.Evaluate statement) {
                    docstring = docstring(statement.expression());
                }
                first = false;
                next.forEach(this::run);
                if (frame.scope.own().size() > MOST_NAMES) {
                    throw new EvaluationLimitExceeded(new TooManyNames(MOST_NAMES));
                }
            }
        } catch (SyntaxProblem e) {
            problems.add(e);
        }
    }

    /** Python joins the texts of a sum before it looks for a docstring. */
    private @Nullable String docstring(Expression expression) {
        if (expression instanceof Expression.Text text) {
            return text.text();
        }
        machine.allow(STEPS_OF_STATEMENT);
        return expression instanceof Expression.Binary
                && machine.evaluation.value(expression) instanceof Symbol.Text text
                        ? text.text()
                        : null;
    }

    private void run(Statement statement) {
        Scope scope = frame.scope;
        int allowed = Math.clamp(left, STEPS_OF_LAST, STEPS_OF_STATEMENT);
        try {
            machine.allow(allowed);
            machine.execution.run(List.of(statement));
        } catch (EvaluationLimitExceeded spent) {
            machine.frames.clear();
            machine.frames.push(frame);
            frame.scope = scope;
            for (String name : BoundNames.of(statement)) {
                Symbol unknown = new Symbol.Unknown(
                        statement.place().excerpt(), spent.reason(), statement.place());
                scope.bind(name, new Binding(unknown, statement.place()));
            }
        } finally {
            left -= allowed - machine.left();
        }
    }

    /** The first statement if it is a text; absent where there is none. */
    public @Nullable String docstring() {
        return docstring;
    }

    /** Every name bound at module level, in the order in which they were first bound. */
    public Map<String, Binding> names() {
        return Collections.unmodifiableMap(frame.scope.own());
    }

    /** Why Python itself cannot read the file; what stood before that is known all the same. */
    public List<SyntaxProblem> problems() {
        return List.copyOf(problems);
    }

    /** Line of the last {@code from … import *}, which may bind anything; absent where there is none. */
    public @Nullable Integer wildcardImport() {
        return imported.wildcardLine();
    }

    /**
     * What a name stands for if that is a value through and through: {@code None}, texts, numbers, collections of such, of which some
     * elements may be unknown, or a call of {@code builtins.bytes}; else an {@link Symbol.Unknown} that says why not. Other files are looked into for it.
     *
     * @return absent where the module does not bind the name
     */
    public @Nullable Binding value(String name) {
        Binding bound = frame.scope.find(name);
        if (bound == null) {
            Symbol spread = imported.spread(name);
            bound = spread == null ? null : new Binding(spread, new SourceRange(source, 0, 0, imported.lastWildcard()));
        }
        machine.allowAtLeast(STEPS_OF_STATEMENT);
        return bound == null ? null : new Values(this).of(name, bound);
    }

    /** Whether something stands in this very file. */
    public boolean holds(SourceRange place) {
        return place.source().equals(source);
    }

    /**
     * Follows a function of the module, and what it calls.
     *
     * @return whether there is such a function
     */
    public boolean follow(String function, CallListener follower) {
        Binding bound = frame.scope.find(function);
        if (bound == null) {
            return false;
        }
        Symbol symbol = bound.symbol() instanceof Symbol.Reference reference
                ? Imports.followed(reference)
                : bound.symbol();
        if (!(symbol instanceof Symbol.Local local)) {
            follower.unknown(bound.place(), bound.place(), function, new UnknownValue(Value.NO_FUNCTION_OF_PROJECT));
            return true;
        }
        SourceRange place = local.function().place();
        SourceRange importedAt = holds(place) ? null : bound.place();
        Interpreter following = new Interpreter(machine.assumptions, follower);
        following.frames.push(frame);
        following.allow(STEPS_OF_FUNCTION);
        Map<String, Binding> before = new LinkedHashMap<>(frame.scope.own());
        try {
            following.calls.enter(local, importedAt);
        } catch (EvaluationLimitExceeded spent) {
            follower.unknown(place, importedAt == null ? place : importedAt, "def " + function, spent.reason());
        } catch (SizeLimitExceeded tooLarge) {
            follower.unknown(place, importedAt == null ? place : importedAt, "def " + function, tooLarge.reason());
        } finally {
            frame.scope.own().clear();
            frame.scope.own().putAll(before);
        }
        return true;
    }

    RuntimeAssumptions assumptions() {
        return machine.assumptions;
    }

    Imports imported() {
        return imported;
    }

    Source source() {
        return source;
    }

    ImportedNames imports() {
        return imports;
    }

    Frame frame() {
        return frame;
    }
}
