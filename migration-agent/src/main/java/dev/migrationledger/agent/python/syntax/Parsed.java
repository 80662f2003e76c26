package dev.migrationledger.agent.python.syntax;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was read of a source, for whoever reads it again. Any number of threads at a time. */
final class Parsed {

    private volatile @Nullable All all;

    /** @param problem after the last one; absent: Python can read the whole file */
    private record All(
            List<List<Statement>> statements, @Nullable SyntaxProblem problem) {}

    /** The source's statements, from the first one. */
    Source.Reading reading(Source source) {
        All known = all;
        All read = known == null ? read(source) : known;
        all = read;
        Iterator<List<Statement>> next = read.statements().iterator();
        return () -> {
            if (next.hasNext()) {
                return next.next();
            }
            if (read.problem() != null) {
                throw read.problem();
            }
            return List.of();
        };
    }

    private static All read(Source source) {
        List<List<Statement>> statements = new ArrayList<>();
        Source.Reading reading = source.parsing();
        try {
            for (List<Statement> next = reading.next(); !next.isEmpty(); next = reading.next()) {
                statements.add(next);
            }
            return new All(statements, null);
        } catch (SyntaxProblem problem) {
            return new All(statements, problem);
        }
    }

    /** A body that is read once. */
    static final class Kept implements Body {
        private final Body body;
        private volatile @Nullable List<Statement> statements;

        Kept(Body body) {
            this.body = body;
        }

        @Override
        public List<Statement> statements() throws SyntaxProblem {
            List<Statement> known = statements;
            if (known == null) {
                known = body.statements();
                statements = known;
            }
            return known;
        }
    }
}
