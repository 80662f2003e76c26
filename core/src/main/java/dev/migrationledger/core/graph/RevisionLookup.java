package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.graph.Identified.Reason;
import dev.migrationledger.core.graph.RevisionIdentifiers.Branch;
import dev.migrationledger.core.graph.RevisionIdentifiers.Unresolved;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Identifiers without steps: Alembic's words, ids, labels, and the beginnings of these. */
final class RevisionLookup {

    /** Of an id or a label with fewer characters no beginning counts, says Alembic. */
    private static final int SHORTEST_COMPLETED = 4;

    /** A message that lists more is not read. */
    private static final int MOST_LISTED = 8;

    private final RevisionGraph graph;
    private final Links links;

    RevisionLookup(RevisionGraph graph) {
        this.graph = graph;
        this.links = graph.links();
    }

    RevisionGraph graph() {
        return graph;
    }

    /** Whether it is a whole id or label, even one that looks like something else. */
    boolean isExact(String text) {
        return links.required(text) != null;
    }

    /** Everything it means; nothing for the base. */
    List<Integer> all(Typed typed) throws Unresolved {
        Branch branch = branch(typed.branch());
        return switch (typed.symbol()) {
            case "heads" -> branch == null
                    ? realHeads(null).stream().boxed().toList()
                    : heads(branch);
            case "head", "base" -> one(typed);
            default -> List.of(revision(typed, branch));
        };
    }

    /** The one revision it means; nothing for the base, or where {@code head} is asked of an empty history. */
    List<Integer> one(Typed typed) throws Unresolved {
        Branch branch = branch(typed.branch());
        List<Integer> candidates = switch (typed.symbol()) {
            case "base" -> List.of();
            case "head" -> heads(branch);
            case "heads" -> all(typed);
            default -> List.of(revision(typed, branch));
        };
        if (candidates.size() > 1) {
            throw multipleHeads(typed, candidates);
        }
        return candidates;
    }

    /** Heads that nothing depends on; with a branch, only its own. */
    BitSet realHeads(@Nullable Branch branch) {
        BitSet heads = new BitSet();
        IntStream.range(0, links.revisions.size())
                .filter(i -> links.isFound(i) && links.followers.count(i) == 0)
                .filter(i -> branch == null || branch.lineage().get(i))
                .forEach(heads::set);
        return heads;
    }

    private List<Integer> heads(@Nullable Branch branch) {
        return IntStream.range(0, links.revisions.size())
                .filter(i -> links.isFound(i) && links.children.count(i) == 0)
                .filter(i -> branch == null || branch.lineage().get(i))
                .boxed()
                .toList();
    }

    /** The branch of this name; absent where none was named. */
    @Nullable
    Branch branch(@Nullable String name) throws Unresolved {
        if (name == null) {
            return null;
        }
        BitSet self = new BitSet();
        self.set(revision(Typed.absolute(name).text(), null));
        BitSet lineage = links.parents.reachable(self);
        lineage.or(links.children.reachable(self));
        return new Branch(name, lineage);
    }

    private int revision(Typed typed, @Nullable Branch branch) throws Unresolved {
        int number = revision(typed.symbol(), branch);
        if (branch != null && !branch.lineage().get(number)) {
            throw new Unresolved(Reason.NOT_ON_BRANCH, "Revision %s is not a member of branch '%s'; leave '%s@' away%s."
                    .formatted(links.id(number), branch.name(), branch.name(), branchesOf(number)), List.of());
        }
        return number;
    }

    private String branchesOf(int number) {
        String labels = ListText.or(Labels.of(links, number).stream().map(label -> "'" + label + "@'").toList());
        return labels.isEmpty() ? "" : ", or write " + labels;
    }

    private int revision(String symbol, @Nullable Branch branch) throws Unresolved {
        Integer exact = links.required(symbol);
        if (exact != null) {
            return exact;
        }
        Map<String, Integer> completed = completed(symbol, branch);
        if (completed.isEmpty()) {
            throw unknown(symbol);
        }
        if (completed.size() > 1) {
            List<String> names = List.copyOf(completed.keySet());
            throw new Unresolved(Reason.AMBIGUOUS_PREFIX,
                    "'%s' can mean each of %d revisions: %s. Type more of the id."
                            .formatted(Problems.shortened(symbol), names.size(),
                                    ListText.and(described(names), MOST_LISTED)),
                    names);
        }
        return completed.values().iterator().next();
    }

    /** Ids and labels that begin so. */
    private Map<String, Integer> completed(String beginning, @Nullable Branch branch) {
        Map<String, Integer> completed = new TreeMap<>();
        if (!beginning.isEmpty()) {
            graph.revisions().forEach(revision -> {
                complete(completed, beginning, revision.revision(), branch);
                revision.labels().forEach(label -> complete(completed, beginning, label, branch));
            });
        }
        return completed;
    }

    private void complete(Map<String, Integer> completed, String beginning, String name, @Nullable Branch branch) {
        if (name.length() >= SHORTEST_COMPLETED && name.startsWith(beginning)) {
            Integer number = links.required(name);
            if (number != null && (branch == null || branch.lineage().get(number))) {
                completed.put(name, number);
            }
        }
    }

    private Unresolved unknown(String symbol) {
        if (symbol.isEmpty()) {
            return new Unresolved(Reason.UNKNOWN, "No revision is named; type an id, a branch label or 'head'.",
                    List.of());
        }
        List<String> near = NearMisses.of(symbol, graph.revisions());
        String hint = near.isEmpty()
                ? links.revisions.isEmpty()
                        ? "the history has no revision at all"
                        : "it begins no id and no branch label of four characters or more"
                : "did you mean " + ListText.or(described(near), MOST_LISTED) + "?";
        String message = "Can't locate revision identified by '%s'; %s".formatted(Problems.shortened(symbol), hint);
        return new Unresolved(Reason.UNKNOWN, near.isEmpty() ? message + "." : message, near);
    }

    private Unresolved multipleHeads(Typed typed, List<Integer> heads) {
        List<String> ids = heads.stream().map(links::id).toList();
        String asked = typed.branch() == null ? typed.symbol() : typed.branch() + "@" + typed.symbol();
        return new Unresolved(Reason.MULTIPLE_HEADS,
                "Multiple head revisions are present for given argument '%s': %s; name one of them, '<branchname>@head' to narrow to one, or 'heads' for all."
                        .formatted(asked, ListText.and(described(ids), MOST_LISTED)),
                ids);
    }

    /** Names with their messages. */
    private List<String> described(List<String> names) {
        return names.stream().map(this::described).toList();
    }

    private String described(String name) {
        Integer number = links.required(name);
        String message = number == null ? null : links.revisions.get(number).message();
        String quoted = "'" + Problems.shortened(name) + "'";
        return message == null || message.isEmpty() ? quoted : quoted + " (" + Problems.shortened(message) + ")";
    }
}
