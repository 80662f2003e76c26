package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.Revision;
import java.util.List;
import java.util.Optional;

/** Ids that the version table's column may be too narrow for. However many there are, they are one finding. */
public final class LongIds {

    /** Alembic makes the column {@code VARCHAR(32)}; a project may widen it. */
    public static final int USUAL_WIDTH = 32;

    private LongIds() {}

    /** Those of these revisions whose id has more characters than that, in their order. */
    public static List<Revision> of(List<Revision> revisions, int width) {
        return revisions.stream().filter(revision -> length(revision) > width).toList();
    }

    /** What is said of a history by itself, whose version table nobody looked at. */
    public static Optional<Finding> perhaps(List<Revision> revisions) {
        List<Revision> longer = of(revisions, USUAL_WIDTH);
        return longer.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(Severity.WARNING, longer,
                        "Alembic makes version_num %d characters wide, and %s. %s".formatted(USUAL_WIDTH,
                                longerThan(longer),
                                "Widen the column before an upgrade gets there, or shorten an id that no database has.")));
    }

    /** What is said of revisions that a version table cannot hold and that still have to run. */
    public static Finding certainly(List<Revision> longer, String table, int width) {
        return finding(Severity.ERROR, longer,
                "version_num of %s holds %d characters, and %s. %s".formatted(table, width,
                        longerThan(longer),
                        "The upgrade fails there; widen the column, or shorten an id that no database has."));
    }

    private static Finding finding(Severity severity, List<Revision> longer, String message) {
        return new Finding(DivergenceCode.REVISION_ID_INVALID, severity, "", message,
                longer.stream().limit(Problems.MOST_NAMED).map(revision -> Exhibit.file(revision.file())).toList(),
                List.of());
    }

    private static String longerThan(List<Revision> longer) {
        List<String> ids = longer.stream()
                .map(revision -> "'%s' (%d)".formatted(Problems.shortened(revision.revision()), length(revision)))
                .toList();
        return longer.size() == 1
                ? "the id %s is longer".formatted(ids.getFirst())
                : "%d ids are longer: %s".formatted(longer.size(), Problems.named(ids));
    }

    private static int length(Revision revision) {
        return revision.revision().codePointCount(0, revision.revision().length());
    }
}
