package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference.Kind;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a merge is not what was approved. What ran where, names of files, messages and comments do not count. */
public final class MergeDifferences {

    private MergeDifferences() {}

    /** In the order in which the revisions run; none where an approval of one is an approval of the other. */
    public static List<MergeDifference> between(MergeContent before, MergeContent after) {
        return between(revisions(before), before.way(), before.heads(), after);
    }

    /** How what would be merged is not what was rehearsed; none where the rehearsal is one of it. */
    public static List<MergeDifference> since(MergeRehearsal rehearsed, MergeContent now) {
        return between(byId(rehearsed.revisions()), rehearsed.way(), rehearsed.heads(), now);
    }

    private static List<MergeDifference> between(
            Map<String, Revision> had, MergeWay way, List<String> heads, MergeContent after) {
        List<MergeDifference> differences = new ArrayList<>(of(had, revisions(after)));
        if (way != after.way()) {
            differences.add(new MergeDifference(Kind.WAY_CHANGED, null, way.name(), after.way().name()));
        } else if (differences.isEmpty() && !heads.equals(after.heads())) {
            differences.add(new MergeDifference(Kind.ORDER_CHANGED, null, String.join(" ", heads),
                    String.join(" ", after.heads())));
        }
        return differences;
    }

    /** The same, for scripts alone: how and in which order the sides come together depends on what ran where. */
    public static List<MergeDifference> ofRevisions(MergeContent before, MergeContent after) {
        return of(revisions(before), revisions(after));
    }

    private static List<MergeDifference> of(Map<String, Revision> had, Map<String, Revision> has) {
        List<MergeDifference> differences = new ArrayList<>();
        had.forEach((id, revision) -> {
            Revision now = has.get(id);
            if (now == null) {
                differences.add(new MergeDifference(Kind.REVISION_REMOVED, id, revision.digest(), null));
                return;
            }
            if (!links(revision).equals(links(now))) {
                differences.add(new MergeDifference(Kind.PARENTS_CHANGED, id, links(revision), links(now)));
            }
            if (!revision.hasSameCode(now)) {
                differences.add(new MergeDifference(Kind.REVISION_EDITED, id, revision.digest(), now.digest()));
            }
        });
        has.values().stream().filter(revision -> !had.containsKey(revision.revision()))
                .map(revision -> new MergeDifference(Kind.REVISION_ADDED, revision.revision(), null, revision.digest()))
                .forEach(differences::add);
        return differences;
    }

    /** Revisions whose files differ, although an approval of one content is an approval of the other. */
    public static List<String> carried(MergeContent before, MergeContent after) {
        Map<String, Revision> had = revisions(before);
        return revisions(after).values().stream()
                .filter(now -> had.containsKey(now.revision())
                        && !now.digest().equals(had.getOrDefault(now.revision(), now).digest()))
                .map(Revision::revision).toList();
    }

    private static Map<String, Revision> revisions(MergeContent content) {
        return byId(content.sides().stream().flatMap(side -> side.revisions().stream()).map(SideRevision::declared)
                .toList());
    }

    private static Map<String, Revision> byId(List<Revision> all) {
        Map<String, Revision> revisions = new LinkedHashMap<>();
        all.forEach(one -> revisions.put(one.revision(), one));
        return revisions;
    }

    private static String links(Revision revision) {
        return String.join(" ", revision.parents())
                + (revision.dependsOn().isEmpty() ? "" : " after " + String.join(" ", revision.dependsOn()))
                + (revision.labels().isEmpty() ? "" : " [%s]".formatted(String.join(" ", revision.labels())));
    }
}
