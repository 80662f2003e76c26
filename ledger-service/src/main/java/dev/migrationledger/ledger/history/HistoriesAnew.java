package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.ledger.history.RevisionSeen.Content;
import dev.migrationledger.ledger.view.ScanSeen;
import dev.migrationledger.ledger.view.SideView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the memory anew, one environment after the other. A file belongs to its project: it is put right with the environment
 * whose events tell it, and known to be a stray only at the end.
 */
final class HistoriesAnew implements SideView.Anew {

    private final ProjectHistories histories;
    private final Set<Name> made = new HashSet<>();
    private final Map<String, Set<String>> filesKept = new HashMap<>();
    private final Map<String, Set<String>> filesTold = new HashMap<>();

    // Of the environment that began last.
    private Name name = new Name("", "");
    private HistoryFold fold = new HistoryFold();
    private Map<String, RevisionFile> lacking = Map.of();

    HistoriesAnew(ProjectHistories histories) {
        this.histories = histories;
    }

    record Name(String project, String environment) {}

    @Override
    public void begin(String project, String environment) {
        name = new Name(project, environment);
        made.add(name);
        fold = new HistoryFold();
        lacking = new TreeMap<>();
    }

    @Override
    public void add(RecordedEvent event) {
        if (event.event() instanceof RevisionFilesRead read) {
            HistoryFold files = new HistoryFold();
            files.add(read);
            files.files().values().stream().filter(ProjectHistories::isGenuine).forEach(this::told);
        }
    }

    /** Only a text that is not kept is held: all of a project at once would be many. */
    private void told(RevisionFile file) {
        filesTold.computeIfAbsent(name.project, _ -> new HashSet<>()).add(file.digest());
        if (!filesKept.computeIfAbsent(name.project, histories::files).contains(file.digest())) {
            lacking.put(file.digest(), file);
        }
    }

    @Override
    public void scanned(ScanSeen scan) {
        fold.add(scan);
    }

    @Override
    public boolean differs() {
        Map<Content, String> rows = new TreeMap<>();
        fold.seen().forEach((key, seen) -> rows.put(key, ProjectHistories.text(seen)));
        return !lacking.isEmpty() || !histories.kept(name.project, name.environment).equals(rows);
    }

    @Override
    public void write() {
        histories.forget(name.project, name.environment);
        histories.see(name.project, name.environment, fold.seen().values());
        lacking.keySet().forEach(digest -> histories.forgetFile(name.project, digest));
        histories.keep(name.project, lacking.values());
        filesKept.computeIfAbsent(name.project, histories::files).addAll(lacking.keySet());
    }

    @Override
    public Set<String> strays(boolean write) {
        Set<String> strays = new TreeSet<>();
        for (Name kept : histories.names()) {
            if (!made.contains(kept)) {
                strays.add(kept.project + "/" + kept.environment);
                if (write) {
                    histories.forget(kept.project, kept.environment);
                }
            }
        }
        histories.everyFile().forEach((project, digests) -> {
            Set<String> told = filesTold.getOrDefault(project, Set.of());
            for (String digest : digests) {
                if (!told.contains(digest)) {
                    strays.add(project);
                    if (write) {
                        histories.forgetFile(project, digest);
                    }
                }
            }
        });
        if (write) {
            histories.forgetUnseen();
        }
        return strays;
    }
}
