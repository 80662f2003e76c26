package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.merge.MergeAuthors.Origin;
import dev.migrationledger.contracts.merge.MergeProposal.Approval;
import dev.migrationledger.contracts.merge.MergeProposal.Authors;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.text.ListText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who wrote a merge, and what that means for who approves it, in words. Names are as files have them: what shows them has to make them harmless. */
public final class MergeAuthorship {

    private static final int NAMED = 4;

    private MergeAuthorship() {}

    /** Who wrote which revisions. */
    public static String authors(MergeProposal merge) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        merge.authors().forEach(one -> groups.computeIfAbsent(authors(one), _ -> new ArrayList<>())
                .add(one.revision()));
        List<String> parts = new ArrayList<>();
        groups.forEach((authors, revisions) -> parts.add(groups.size() == 1 && authors.equals("not known")
                ? authors
                : ListText.and(revisions, NAMED) + " " + authors));
        return parts.isEmpty() ? "not known" : String.join("; ", parts);
    }

    private static String authors(Authors one) {
        return switch (one.origin()) {
            case UNKNOWN -> "not known";
            case TOOL -> "as the migration tool writes it";
            case PEOPLE -> "by %s%s".formatted(
                    one.names().isEmpty() ? "people whose names were withdrawn" : ListText.and(one.names(), NAMED),
                    one.people().isEmpty() ? ", unknown to the ledger" : "");
        };
    }

    /** Revisions whose authors are not known. */
    static List<String> unknown(MergeProposal merge) {
        return merge.authors().stream().filter(one -> one.origin() == Origin.UNKNOWN).map(Authors::revision).toList();
    }

    /** Revisions that one of these people wrote. */
    private static List<String> written(MergeProposal merge, Set<String> people) {
        return merge.authors().stream().filter(one -> one.people().stream().anyMatch(people::contains))
                .map(Authors::revision).toList();
    }

    /** What someone must not have done whose approval is still missing, after these people approved: a clause without its subject. */
    static String isNot(MergeProposal merge, Set<String> people) {
        List<String> written = written(merge, people);
        boolean proposed = merge.proposedBy() != null && people.contains(merge.proposedBy());
        return written.isEmpty()
                ? "did not propose it"
                : proposed
                        ? "neither proposed it nor wrote " + ListText.and(written, NAMED)
                        : "did not write " + ListText.and(written, NAMED);
    }

    /** Who may still approve one that waits; empty: everyone who approves, or it does not wait. */
    public static String whoMay(MergeProposal merge) {
        if (merge.status() != Status.OPEN || merge.approved()) {
            return "";
        }
        List<String> written = merge.authors().stream().filter(one -> !one.people().isEmpty())
                .map(Authors::revision).toList();
        Set<String> names = new TreeSet<>();
        merge.authors().stream().filter(one -> !one.people().isEmpty()).forEach(one -> names.addAll(one.names()));
        return written.isEmpty() || names.isEmpty()
                ? ""
                : "%s %s written by %s; someone else has to approve.".formatted(ListText.and(written, NAMED),
                        written.size() == 1 ? "was" : "were", ListText.and(List.copyOf(names), NAMED));
    }

    /** Why an approval is not enough although it counts; empty: it is, or it ended. */
    public static String limit(MergeProposal merge, Approval approval) {
        List<String> written = approval.expired() == null ? written(merge, Set.of(approval.by())) : List.of();
        return written.isEmpty() ? "" : "wrote %s and does not approve alone".formatted(ListText.and(written, NAMED));
    }
}
