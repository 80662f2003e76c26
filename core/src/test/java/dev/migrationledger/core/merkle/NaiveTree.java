package dev.migrationledger.core.merkle;

import dev.migrationledger.contracts.log.LogHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The definitions of RFC 6962, word for word. The root of each list of leaves is computed once. */
record NaiveTree(List<LogHash> leaves) implements SubtreeHashes {

    private static final Map<List<LogHash>, LogHash> ROOTS = new ConcurrentHashMap<>();

    static LogHash root(List<LogHash> d) {
        LogHash known = ROOTS.get(d);
        if (known == null) {
            known = defined(d);
            ROOTS.put(d, known);
        }
        return known;
    }

    private static LogHash defined(List<LogHash> d) {
        if (d.isEmpty()) {
            return LogHash.EMPTY;
        }
        if (d.size() == 1) {
            return d.getFirst();
        }
        int k = split(d.size());
        return LogHash.node(root(d.subList(0, k)), root(d.subList(k, d.size())));
    }

    /** PATH(m, D[n]). */
    static List<LogHash> path(int m, List<LogHash> d) {
        if (d.size() == 1) {
            return List.of();
        }
        int k = split(d.size());
        List<LogHash> path = new ArrayList<>(
                m < k ? path(m, d.subList(0, k)) : path(m - k, d.subList(k, d.size())));
        path.add(m < k ? root(d.subList(k, d.size())) : root(d.subList(0, k)));
        return path;
    }

    /** SUBPROOF(m, D[n], b). */
    static List<LogHash> subproof(int m, List<LogHash> d, boolean known) {
        if (m == d.size()) {
            return known ? List.of() : List.of(root(d));
        }
        int k = split(d.size());
        List<LogHash> proof = new ArrayList<>(m <= k
                ? subproof(m, d.subList(0, k), known)
                : subproof(m - k, d.subList(k, d.size()), false));
        proof.add(m <= k ? root(d.subList(k, d.size())) : root(d.subList(0, k)));
        return proof;
    }

    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    @Override
    public LogHash of(Subtree subtree) {
        return root(leaves.subList((int) subtree.begin(), (int) subtree.end()));
    }
}
