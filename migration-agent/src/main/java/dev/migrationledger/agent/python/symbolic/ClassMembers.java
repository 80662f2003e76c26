package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a class and the classes of the project below it bind, found out once and where the class is defined. */
final class ClassMembers implements Symbol.Members {

    /** Steps for what a class binds, whenever it is asked for. */
    private static final int STEPS = 20_000;

    private final Interpreter machine;
    private final Statement.ClassDefinition definition;
    private final Frame home;
    private final Set<String> annotated = new LinkedHashSet<>();
    private final List<Symbol> bases = new ArrayList<>();
    private @Nullable Map<String, Symbol> all;

    /** @param machine that comes to the definition; its current frame is the class's home */
    ClassMembers(Interpreter machine, Statement.ClassDefinition definition) {
        this.machine = machine;
        this.definition = definition;
        this.home = machine.frame();
    }

    @Override
    public Map<String, Symbol> all() {
        Map<String, Symbol> known = all;
        if (known == null) {
            // A class that asks for itself gets no further.
            all = Map.of();
            known = Collections.unmodifiableMap(found());
            all = known;
        }
        return known;
    }

    @Override
    public List<String> annotated() {
        all();
        return List.copyOf(annotated);
    }

    @Override
    public List<Symbol> bases() {
        all();
        return List.copyOf(bases);
    }

    private Map<String, Symbol> found() {
        Map<String, Symbol> members = new LinkedHashMap<>();
        machine.allowAtLeast(STEPS);
        machine.frames.push(home);
        try {
            for (Expression.Argument base : definition.bases().reversed()) {
                if (base.name() != null) {
                    continue;
                }
                Symbol of = machine.evaluation.content(base.value());
                bases.addFirst(of);
                if (of instanceof Symbol.Type type) {
                    members.putAll(type.members().all());
                    annotated.addAll(type.members().annotated());
                }
            }
        } finally {
            machine.frames.pop();
        }
        Frame frame = Frame.ofClass(home, machine.frame().calledAt);
        machine.frames.push(frame);
        try {
            List<Statement> statements = machine.statements(definition.body());
            for (Statement statement : statements) {
                if (statement instanceof Statement.Annotate annotate
                        && annotate.target() instanceof Expression.Name name) {
                    annotated.add(name.name());
                }
            }
            machine.execution.run(statements);
        } catch (SyntaxProblem unreadable) {
            return members;
        } finally {
            machine.frames.pop();
        }
        frame.scope.own().forEach((name, bound) -> members.put(name, bound.symbol()));
        return members;
    }
}
