package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.GraphProblem.DeclaredRevisions;
import dev.migrationledger.contracts.scripts.GraphProblem.OverlongIds;
import java.util.List;
import java.util.Optional;

/** Ids that the version table's column may be too narrow for. However many there are, they are one problem. */
public final class LongIds {

    /** Alembic makes the column {@code VARCHAR(32)}; a project may widen it. */
    public static final int USUAL_WIDTH = 32;

    private LongIds() {}

    /** Those of these revisions whose id has more characters than that, in their order. */
    public static List<Revision> of(List<Revision> revisions, int width) {
        return revisions.stream().filter(revision -> length(revision) > width).toList();
    }

    /** These revisions, whose ids are longer than that; empty if there are none. */
    public static Optional<OverlongIds> problem(List<Revision> longer, int width) {
        List<Revision> some = longer.stream().limit(DeclaredRevisions.MOST).toList();
        return longer.isEmpty()
                ? Optional.empty()
                : Optional.of(new OverlongIds(
                        new DeclaredRevisions(some.stream().map(Problems::declared).toList(), longer.size()),
                        some.stream().map(LongIds::length).toList(), width));
    }

    private static int length(Revision revision) {
        return revision.revision().codePointCount(0, revision.revision().length());
    }
}
