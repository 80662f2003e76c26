package dev.migrationledger.contracts.merge;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be merged, as the scripts of an environment have it.
 *
 * @param parting the last revisions that all sides share, parents first; none where they share nothing
 * @param sides one for each head, in the order in which they are merged, or follow each other
 * @param shared what more than one side changes, as far as it can be read
 * @param unplaced environments where it is not known what ran
 */
public record MergeContent(
        List<String> parting, List<Side> sides, List<ObjectName> shared, MergeWay way, List<String> unplaced) {

    public MergeContent {
        parting = List.copyOf(parting);
        sides = List.copyOf(sides);
        shared = List.copyOf(shared);
        unplaced = List.copyOf(unplaced);
    }

    /**
     * What one head has and no other.
     *
     * @param revisions parents first
     * @param changes objects that it changes in the schema, as far as it can be read
     * @param ranIn environments where any of its revisions counts as applied
     */
    public record Side(String head, List<SideRevision> revisions, List<ObjectName> changes, List<String> ranIn) {
        public Side {
            revisions = List.copyOf(revisions);
            changes = List.copyOf(changes);
            ranIn = List.copyOf(ranIn);
        }

        /** Its revisions that follow none of its others, which get another parent where it is re-parented. */
        public List<String> roots() {
            List<String> own = revisions.stream().map(SideRevision::id).toList();
            return revisions.stream().filter(one -> one.declared().parents().stream().noneMatch(own::contains))
                    .map(SideRevision::id).toList();
        }
    }

    /**
     * A revision of a side.
     *
     * @param declared as the scan has it
     * @param dataOnly whether it changes rows and nothing in the schema, as far as it can be read
     * @param unreadLines of its file, where it cannot be read what it does; absent: nothing of it could be read
     */
    public record SideRevision(Revision declared, boolean dataOnly, @Nullable List<Integer> unreadLines) {
        public SideRevision {
            unreadLines = unreadLines == null ? null : List.copyOf(unreadLines);
        }

        public String id() {
            return declared.revision();
        }
    }

    /** In the order of the sides. */
    public List<String> heads() {
        return sides.stream().map(Side::head).toList();
    }
}
