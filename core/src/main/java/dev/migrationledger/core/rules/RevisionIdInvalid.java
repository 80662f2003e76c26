package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.LongIds;
import dev.migrationledger.core.rules.Observations.ScriptsSeen;
import dev.migrationledger.core.rules.Observations.VersionTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Alembic refuses an id, or the version table cannot hold it: that depends on the table, so it is looked at. */
final class RevisionIdInvalid implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.REVISION_ID_INVALID;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS);
    }

    @Override
    public List<Finding> judge(Case c) {
        ScriptsSeen scripts = c.seen().scripts();
        if (scripts == null) {
            return List.of();
        }
        Integer width = width(c.seen(), c.rows(), scripts);
        List<Finding> findings = new ArrayList<>(scripts.problems().stream()
                .filter(problem -> problem.code() == DivergenceCode.REVISION_ID_INVALID
                        && (width == null || problem.severity() == Severity.ERROR))
                .toList());
        List<Revision> revisions = scripts.graph().revisions();
        if (width != null && c.rows() != null) {
            Set<String> applied = scripts.graph().implied(c.rows().meant());
            List<Revision> longer = LongIds.of(revisions, width).stream()
                    .filter(revision -> !applied.contains(revision.revision())
                            && !fitsLater(c.seen(), revision.revision()))
                    .toList();
            if (!longer.isEmpty()) {
                findings.add(LongIds.certainly(longer, c.rows().table().name(), width));
            }
        }
        return findings;
    }

    /** Whether a revision that runs earlier changes the column's width; the new width is not known. */
    static boolean fitsLater(Observations seen, String id) {
        return seen.versionTables() != null && seen.versionTables().fitting().contains(id);
    }

    /** How many characters the version table holds; absent where there is none, or nobody looked. */
    static @Nullable Integer width(Observations seen, @Nullable Rows rows, ScriptsSeen scripts) {
        if (seen.versionTables() != null) {
            return seen.versionTables().width();
        }
        // What ran was written into it once.
        boolean widened = rows != null && scripts.graph().implied(rows.meant()).stream()
                .anyMatch(id -> id.codePointCount(0, id.length()) > LongIds.USUAL_WIDTH);
        return widened ? VersionTables.UNLIMITED : null;
    }
}
