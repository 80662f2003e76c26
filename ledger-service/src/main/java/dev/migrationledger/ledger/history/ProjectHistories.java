package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.wire.Wire;
import dev.migrationledger.ledger.history.RevisionSeen.Content;
import dev.migrationledger.ledger.view.ScanSeen;
import dev.migrationledger.ledger.view.SideView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The memory of revisions, written in the transaction that records the events. Rows are added and seen again, never removed. */
public final class ProjectHistories implements SideView {

    private final JdbcClient database;

    ProjectHistories(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void apply(String project, String environment, List<RecordedEvent> newEvents, List<ScanSeen> scans) {
        HistoryFold fold = new HistoryFold();
        scans.forEach(fold::add);
        newEvents.forEach(event -> {
            if (event.event() instanceof RevisionFilesRead read) {
                fold.add(read);
            }
        });
        if (!fold.isEmpty()) {
            see(project, environment, fold.seen().values());
            keep(project, fold.files().values());
        }
    }

    void see(String project, String environment, Collection<RevisionSeen> seen) {
        if (seen.isEmpty()) {
            return;
        }
        database.sql("""
                insert into ledger.revision_seen
                    (project, environment, revision, digest, declared, first_seen, last_seen)
                select :project, :environment, revision, digest, declared::json, first::json, last::json
                from unnest(:revisions::text[], :digests::text[], :declared::text[], :first::text[], :last::text[])
                    as seen(revision, digest, declared, first, last)
                on conflict (project, revision, digest, environment)
                do update set declared = excluded.declared, last_seen = excluded.last_seen""")
                .param("project", project)
                .param("environment", environment)
                .param("revisions", seen.stream().map(one -> one.declared().revision()).toArray(String[]::new))
                .param("digests", seen.stream().map(one -> one.declared().digest()).toArray(String[]::new))
                .param("declared", seen.stream().map(one -> json(one.declared())).toArray(String[]::new))
                .param("first", seen.stream().map(one -> json(one.first())).toArray(String[]::new))
                .param("last", seen.stream().map(one -> json(one.last())).toArray(String[]::new))
                .update();
    }

    /** What has not the digest that it came with is not what it says, and is not kept. */
    void keep(String project, Collection<RevisionFile> files) {
        List<RevisionFile> genuine = files.stream().filter(ProjectHistories::isGenuine).toList();
        if (!genuine.isEmpty()) {
            database.sql("""
                    insert into ledger.revision_file (project, digest, content)
                    select :project, digest, convert_to(content, 'UTF8')
                    from unnest(:digests::text[], :contents::text[]) as file(digest, content)
                    on conflict (project, digest) do nothing""")
                    .param("project", project)
                    .param("digests", genuine.stream().map(RevisionFile::digest).toArray(String[]::new))
                    .param("contents", genuine.stream().map(RevisionFile::text).toArray(String[]::new))
                    .update();
        }
    }

    static boolean isGenuine(RevisionFile file) {
        String text = file.text();
        if (text == null) {
            return false;
        }
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .equals(file.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String json(Object contract) {
        return new String(Wire.write(contract), StandardCharsets.UTF_8);
    }

    /** What is kept of an environment, each row as text. */
    Map<Content, String> kept(String project, String environment) {
        Map<Content, String> kept = new TreeMap<>();
        database.sql("select revision, digest, declared, first_seen, last_seen from ledger.revision_seen"
                + " where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    kept.put(new Content(row.getString(1), row.getString(2)),
                            row.getString(3) + row.getString(4) + row.getString(5));
                });
        return kept;
    }

    static String text(RevisionSeen seen) {
        return json(seen.declared()) + json(seen.first()) + json(seen.last());
    }

    void forget(String project, String environment) {
        database.sql("delete from ledger.revision_seen where project = ? and environment = ?")
                .params(project, environment)
                .update();
    }

    /** The digests of a project's files that are kept as they were told. */
    Set<String> files(String project) {
        return new TreeSet<>(database.sql("select digest from ledger.revision_file"
                + " where project = ? and digest = encode(sha256(content), 'hex')")
                .param(project)
                .query((row, _) -> row.getString(1))
                .list());
    }

    /** By project, the digests of all files. */
    Map<String, List<String>> everyFile() {
        Map<String, List<String>> files = new TreeMap<>();
        database.sql("select project, digest from ledger.revision_file order by 1, 2").query(row -> {
            files.computeIfAbsent(row.getString(1), _ -> new ArrayList<>()).add(row.getString(2));
        });
        return files;
    }

    void forgetFile(String project, String digest) {
        database.sql("delete from ledger.revision_file where project = ? and digest = ?")
                .params(project, digest)
                .update();
    }

    /** Every project and environment of which a revision is kept. */
    List<HistoriesAnew.Name> names() {
        return database.sql("select distinct project, environment from ledger.revision_seen order by 1, 2")
                .query((row, _) -> new HistoriesAnew.Name(row.getString(1), row.getString(2)))
                .list();
    }

    @Override
    public Anew anew() {
        return new HistoriesAnew(this);
    }
}
