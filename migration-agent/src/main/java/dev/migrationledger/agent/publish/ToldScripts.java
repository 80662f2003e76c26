package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionGraph;
import dev.migrationledger.contracts.wire.Wire;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which scripts the ledger was told about in this epoch.
 *
 * @param digest of the last scan
 * @param files with a mark of the revision each defines, as it was read: another reader may read the same bytes otherwise
 */
record ToldScripts(String digest, Map<String, String> files, List<String> heads, List<String> realHeads) {
    ToldScripts {
        files = Map.copyOf(files);
        heads = List.copyOf(heads);
        realHeads = List.copyOf(realHeads);
    }

    static ToldScripts of(History history, RevisionGraph graph) {
        Map<String, String> files = new TreeMap<>();
        history.revisions().forEach(revision -> files.put(revision.file(), mark(revision)));
        return new ToldScripts(history.digest(), files, graph.heads(), graph.realHeads());
    }

    /**
     * What the ledger has to be told about a history.
     *
     * @param told what it knows; absent: nothing
     */
    static List<AgentEvent> news(@Nullable ToldScripts told, ToldScripts now, History history) {
        List<AgentEvent> news = new ArrayList<>();
        if (told == null || !told.digest.equals(now.digest)) {
            List<Revision> changed = history.revisions().stream()
                    .filter(revision -> told == null
                            || !String.valueOf(now.files.get(revision.file())).equals(told.files.get(revision.file())))
                    .toList();
            List<String> removed = told == null
                    ? List.of()
                    : told.files.keySet().stream().filter(file -> !now.files.containsKey(file)).sorted().toList();
            news.add(new ScriptsScanned(
                    history.source(), now.digest, told == null ? null : told.digest, changed, removed,
                    history.problems()));
        }
        if (told == null || !told.heads.equals(now.heads) || !told.realHeads.equals(now.realHeads)) {
            news.add(new HeadDetected(now.heads, now.realHeads));
        }
        return news;
    }

    private static String mark(Revision revision) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Wire.write(revision));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
