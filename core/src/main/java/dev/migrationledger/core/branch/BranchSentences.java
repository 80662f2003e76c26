package dev.migrationledger.core.branch;

import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.branch.OpenBranch.Clash;
import dev.migrationledger.contracts.branch.OpenBranch.Sibling;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is in the way of a branch, in words, for a terminal and for a page. Ids and names are as files have them: what shows them has to make
 * them harmless.
 */
public final class BranchSentences {

    private static final int NAMED = 4;

    private BranchSentences() {}

    /**
     * A sentence with what it is about.
     *
     * @param code of the divergence that a merge would make
     * @param revision of the branch
     */
    public record OfRevision(DivergenceCode code, String revision, String sentence) {}

    /** What it has. */
    public static String headline(OpenBranch branch) {
        return branch.revisions().isEmpty()
                ? "%s has no revision that is not deployed.".formatted(branch.source())
                : "%s has %s that no environment has: %s.".formatted(branch.source(),
                        Count.of(branch.revisions().size(), "revision"),
                        ListText.and(branch.revisions().stream().map(Revision::revision).toList(), NAMED));
    }

    /** Whether a person has to do something before it is merged, whatever becomes of other branches. */
    public static boolean isBlocked(OpenBranch branch) {
        return !problems(branch).isEmpty();
    }

    /** What is wrong already. */
    public static List<String> problems(OpenBranch branch) {
        return problemsByRevision(branch).stream().map(OfRevision::sentence).toList();
    }

    /** The same for programs. */
    public static List<OfRevision> problemsByRevision(OpenBranch branch) {
        return Stream.concat(
                siblings(branch.siblings().stream().filter(one -> !one.environments().isEmpty()).toList()),
                branch.clashes().stream().map(one -> new OfRevision(DivergenceCode.DUPLICATE_REVISION, one.revision(),
                        clash(one))))
                .toList();
    }

    /** What will be wrong once another branch is merged, too. */
    public static List<String> notices(OpenBranch branch) {
        return noticesByRevision(branch).stream().map(OfRevision::sentence).toList();
    }

    /** The same for programs. */
    public static List<OfRevision> noticesByRevision(OpenBranch branch) {
        return siblings(branch.siblings().stream().filter(one -> one.environments().isEmpty()).toList()).toList();
    }

    /** One sentence for each revision: if its parents have many other children, these are counted. */
    private static Stream<OfRevision> siblings(List<Sibling> siblings) {
        return siblings.stream().collect(Collectors.groupingBy(one -> List.of(one.parents(), one.revision()),
                LinkedHashMap::new, Collectors.toList())).values().stream()
                .map(group -> new OfRevision(DivergenceCode.MULTIPLE_HEADS, group.getFirst().revision(),
                        ofOneRevision(group)));
    }

    private static String ofOneRevision(List<Sibling> siblings) {
        Sibling one = siblings.getFirst();
        boolean deployed = !one.environments().isEmpty();
        String where = ListText.and(siblings.stream()
                .flatMap(it -> (deployed ? it.environments() : it.branches()).stream()).distinct().sorted().toList(),
                NAMED);
        boolean begins = one.parents().isEmpty();
        String others = siblings.size() == 1
                ? "another %s in %s: %s".formatted(begins ? "revision" : "child", where, one.other())
                : "%d other %s in %s".formatted(siblings.size(), begins ? "revisions" : "children", where);
        String fact = begins
                ? "%s begins the history, and so does %s.".formatted(one.revision(), others)
                : "%s, the parent%s of %s, ha%s %s.".formatted(ListText.and(one.parents(), NAMED),
                        one.parents().size() == 1 ? "" : "s", one.revision(),
                        one.parents().size() == 1 ? "s" : "ve", others);
        return fact + " " + (!deployed
                ? siblings.size() == 1
                        ? "The one that is merged second has to follow the other."
                        : "Each that is merged later has to follow the one before."
                : siblings.size() > 1 || one.head() == null
                        ? "Merge what is deployed into the branch, and let %s follow it.".formatted(one.revision())
                        : "Let %s follow %s instead.".formatted(one.revision(), one.head()));
    }

    /** What is wrong among all branches of a project, each thing once: first what is wrong already. */
    public static List<String> all(List<OpenBranch> branches) {
        Map<List<String>, Map<String, Set<String>>> forks = new LinkedHashMap<>();
        branches.forEach(branch -> branch.siblings().stream().filter(one -> one.environments().isEmpty())
                .forEach(one -> {
                    Map<String, Set<String>> children = forks.computeIfAbsent(one.parents(), _ -> new TreeMap<>());
                    children.computeIfAbsent(one.revision(), _ -> new TreeSet<>()).add(branch.source());
                    children.computeIfAbsent(one.other(), _ -> new TreeSet<>()).addAll(one.branches());
                }));
        return Stream.concat(
                branches.stream().flatMap(branch -> problems(branch).stream()
                        .map(problem -> branch.source() + ": " + problem)),
                forks.entrySet().stream().map(one -> fork(one.getKey(), one.getValue()))).toList();
    }

    private static String fork(List<String> parents, Map<String, Set<String>> children) {
        List<String> named = children.entrySet().stream().map(one -> "%s in %s".formatted(one.getKey(),
                ListText.and(List.copyOf(one.getValue()), NAMED))).toList();
        return "%s: %s. Only one of them can be merged as it is.".formatted(parents.isEmpty()
                ? "%d revisions that are not deployed begin the history".formatted(children.size())
                : "%s ha%s %d children that are not deployed".formatted(ListText.and(parents, NAMED),
                        parents.size() == 1 ? "s" : "ve", children.size()),
                ListText.and(named, NAMED));
    }

    private static String clash(Clash it) {
        return it.environments().isEmpty()
                ? "%s is another revision in %s. Give one of them another id.".formatted(it.revision(),
                        ListText.and(it.branches(), NAMED))
                : "%s does something else in %s. Leave its file as it is there, and add a revision.".formatted(
                        it.revision(), ListText.and(it.environments(), NAMED));
    }
}
