package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.history.RevisionSeen.Content;
import dev.migrationledger.ledger.view.ScanSeen;
import dev.migrationledger.ledger.view.SideView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
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
        String[] revisions = seen.stream().map(one -> one.declared().revision()).toArray(String[]::new);
        String[] digests = seen.stream().map(one -> one.declared().digest()).toArray(String[]::new);
        String[] declared = seen.stream().map(one -> json(one.declared())).toArray(String[]::new);
        // In one order for everybody: two that each wait for what the other inserted would wait for ever.
        database.sql("""
                insert into ledger.revision_content (project, revision, digest, mark, declared)
                select :project, revision, digest, md5(declared), declared::json
                from unnest(:revisions::text[], :digests::text[], :declared::text[]) as seen(revision, digest, declared)
                order by revision, digest, md5(declared)
                on conflict do nothing""")
                .param("project", project)
                .param("revisions", revisions)
                .param("digests", digests)
                .param("declared", declared)
                .update();
        sources(project, seen);
        // What is declared otherwise than in the last scan is the same content still: what was seen of it goes along.
        database.sql("""
                update ledger.revision_seen s set content = now.id
                from unnest(:revisions::text[], :digests::text[], :declared::text[]) as seen(revision, digest, declared)
                join ledger.revision_content now on now.project = :project and now.revision = seen.revision
                    and now.digest = seen.digest and now.mark = md5(seen.declared)
                join ledger.revision_content was on was.project = :project and was.revision = seen.revision
                    and was.digest = seen.digest and was.mark <> md5(seen.declared)
                where s.content = was.id and s.environment = :environment""")
                .param("project", project)
                .param("environment", environment)
                .param("revisions", revisions)
                .param("digests", digests)
                .param("declared", declared)
                .update();
        database.sql("""
                insert into ledger.revision_seen
                    (content, environment, first_seen, first_source, last_seen, last_source)
                select c.id, :environment, seen.first, f.id, seen.last, l.id
                from unnest(:revisions::text[], :digests::text[], :declared::text[], :first::timestamptz[],
                        :firstAgents::text[], :firstSources::text[], :last::timestamptz[], :lastAgents::text[],
                        :lastSources::text[])
                    as seen(revision, digest, declared, first, first_agent, first_source, last, last_agent, last_source)
                join ledger.revision_content c on c.project = :project and c.revision = seen.revision
                    and c.digest = seen.digest and c.mark = md5(seen.declared)
                join ledger.revision_source f on f.project = :project and f.agent = seen.first_agent
                    and md5(f.source) = md5(seen.first_source)
                join ledger.revision_source l on l.project = :project and l.agent = seen.last_agent
                    and md5(l.source) = md5(seen.last_source)
                on conflict (content, environment)
                do update set last_seen = excluded.last_seen, last_source = excluded.last_source""")
                .param("project", project)
                .param("environment", environment)
                .param("revisions", revisions)
                .param("digests", digests)
                .param("declared", declared)
                .param("first", seen.stream().map(one -> one.first().at().toString()).toArray(String[]::new))
                .param("firstAgents", seen.stream().map(one -> one.first().agent()).toArray(String[]::new))
                .param("firstSources", seen.stream().map(one -> one.first().source()).toArray(String[]::new))
                .param("last", seen.stream().map(one -> one.last().at().toString()).toArray(String[]::new))
                .param("lastAgents", seen.stream().map(one -> one.last().agent()).toArray(String[]::new))
                .param("lastSources", seen.stream().map(one -> one.last().source()).toArray(String[]::new))
                .update();
    }

    private void sources(String project, Collection<RevisionSeen> seen) {
        List<Sighting> all = seen.stream().flatMap(one -> Stream.of(one.first(), one.last())).toList();
        database.sql(
                """
                        insert into ledger.revision_source (project, agent, source)
                        select distinct :project, agent, source from unnest(:agents::text[], :sources::text[]) as seen(agent, source)
                        where not exists (select from ledger.revision_source k where k.project = :project
                            and k.agent = seen.agent and md5(k.source) = md5(seen.source))
                        order by agent, source
                        on conflict do nothing""")
                .param("project", project)
                .param("agents", all.stream().map(Sighting::agent).toArray(String[]::new))
                .param("sources", all.stream().map(Sighting::source).toArray(String[]::new))
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
                    order by digest
                    on conflict (project, digest) do nothing""")
                    .param("project", project)
                    .param("digests", genuine.stream().map(RevisionFile::digest).toArray(String[]::new))
                    .param("contents", genuine.stream().map(RevisionFile::text).toArray(String[]::new))
                    .update();
        }
    }

    static boolean isGenuine(RevisionFile file) {
        String text = file.text();
        return text != null && Sha256.hex(text).equals(file.digest());
    }

    private static String json(Object contract) {
        return new String(ContractJson.write(contract), StandardCharsets.UTF_8);
    }

    /** What is kept of an environment, each row as text. */
    Map<Content, String> kept(String project, String environment) {
        Map<Content, String> kept = new TreeMap<>();
        database.sql(KeptHistories.SIGHTINGS + " where c.project = :project and s.environment = :environment")
                .param("project", project)
                .param("environment", environment)
                .query(row -> {
                    RevisionSeen seen = KeptHistories.seen(row);
                    kept.put(Content.of(seen.declared()), text(seen));
                });
        return kept;
    }

    static String text(RevisionSeen seen) {
        return json(seen.declared()) + json(seen.first()) + json(seen.last());
    }

    void forget(String project, String environment) {
        database.sql("delete from ledger.revision_seen s using ledger.revision_content c"
                + " where s.content = c.id and c.project = ? and s.environment = ?")
                .params(project, environment)
                .update();
    }

    /** What nobody was seen to have: it may have been declared otherwise since, or the event is gone that told it. */
    int forgetUnseen() {
        return database.sql("delete from ledger.revision_content c"
                + " where not exists (select from ledger.revision_seen s where s.content = c.id)").update();
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
        return database.sql("select distinct c.project, s.environment from ledger.revision_seen s"
                + " join ledger.revision_content c on c.id = s.content order by 1, 2")
                .query((row, _) -> new HistoriesAnew.Name(row.getString(1), row.getString(2)))
                .list();
    }

    @Override
    public Anew anew() {
        return new HistoriesAnew(this);
    }
}
