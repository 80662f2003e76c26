package dev.migrationledger.agent.publish;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scripts that were published to the ledger in this epoch.
 *
 * @param source that the last scan named; absent where another version of this agent published it
 * @param form of the last scan
 * @param digest of the last scan
 * @param tool how it was said to be called; absent where another version of this agent published it
 * @param files with a mark of the revision each defines, as it was read: another reader may read the same bytes otherwise
 */
public record PublishedScripts(
        @Nullable String source,
        int form,
        String digest,
        Map<String, String> files,
        List<String> heads,
        List<String> realHeads,
        @Nullable ToolInvocation tool) {
    public PublishedScripts {
        files = Map.copyOf(files);
        heads = List.copyOf(heads);
        realHeads = List.copyOf(realHeads);
    }

    /** What a ledger knows once this history is published. */
    public static PublishedScripts of(History history, RevisionGraph graph, ToolInvocation tool) {
        Map<String, String> files = new TreeMap<>();
        history.revisions().forEach(revision -> files.put(revision.file(), mark(ContractJson.write(revision))));
        return new PublishedScripts(history.source(), History.FORM, history.digest(), files, graph.heads(),
                graph.realHeads(), tool);
    }

    /**
     * What has to be published of a history.
     *
     * @param published what the ledger knows; absent: nothing
     */
    public static List<AgentEvent> delta(@Nullable PublishedScripts published, PublishedScripts now, History history) {
        return published != null && published.form == now.form && published.digest.equals(now.digest)
                && Objects.equals(now.tool, published.tool) && history.source().equals(published.source)
                        ? heads(published, now)
                        : changes(published, now, history);
    }

    /**
     * As {@link #delta}, and the scan first, even if there is nothing new about it: that it is still so.
     *
     * @param known what the ledger knows; absent: nothing. If it has another form, the whole history is published again
     */
    public static List<AgentEvent> changes(@Nullable PublishedScripts known, PublishedScripts now, History history) {
        PublishedScripts published = known == null || known.form != now.form ? null : known;
        List<AgentEvent> delta = new ArrayList<>();
        List<Revision> changed = history.revisions().stream()
                .filter(revision -> published == null
                        || !String.valueOf(now.files.get(revision.file())).equals(published.files.get(revision.file())))
                .toList();
        List<String> removed = published == null
                ? List.of()
                : published.files.keySet().stream().filter(file -> !now.files.containsKey(file)).sorted().toList();
        delta.add(new ScriptsScanned(
                history.source(), now.form, now.digest, published == null ? null : published.digest, changed, removed,
                history.problems(), Objects.requireNonNull(now.tool)));
        delta.addAll(heads(known, now));
        return delta;
    }

    private static List<AgentEvent> heads(@Nullable PublishedScripts published, PublishedScripts now) {
        return published != null && published.heads.equals(now.heads) && published.realHeads.equals(now.realHeads)
                ? List.of()
                : List.of(new HeadDetected(now.heads, now.realHeads));
    }

    /** Tells one JSON from another. */
    static String mark(byte[] json) {
        return Sha256.hex(json).substring(0, 16);
    }
}
