package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.history.RevisionContent.Content;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.View;
import dev.migrationledger.ledger.view.AppliedScan;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which content of which revision each environment's scans saw, first and last, in PostgreSQL. Contents are stored once for a project,
 * because a thousand environments have the same files. A batch needs nothing of what is stored: rows are added and seen again, never removed.
 */
final class RevisionSightings implements View<StreamId.Environment, RevisionSightings.State> {

    private final JdbcClient database;

    RevisionSightings(JdbcClient database) {
        this.database = database;
    }

    /** @param seen by revision and content */
    record State(StreamId.Environment environment, Map<Content, RevisionContent> seen) {}

    @Override
    public String name() {
        return "revision-sightings";
    }

    @Override
    public int form() {
        return 3;
    }

    @Override
    public Optional<StreamId.Environment> target(RecordedEvent event) {
        return event.event() instanceof ScriptsScanned ? StreamId.environment(event) : Optional.empty();
    }

    @Override
    public State initial(StreamId.Environment target) {
        return new State(target, Map.of());
    }

    @Override
    public State load(StreamId.Environment target, List<RecordedEvent> events) {
        return initial(target);
    }

    @Override
    public State evolve(State state, Batch batch) {
        HistoryFold fold = new HistoryFold(state.seen);
        batch.derived().of(AppliedScan.class).forEach(fold::add);
        return new State(state.environment, fold.seen());
    }

    @Override
    public void write(State before, State after) {
        see(after.environment.project(), after.environment.environment(), after.seen.entrySet().stream()
                .filter(seen -> !seen.getValue().equals(before.seen.get(seen.getKey())))
                .map(Map.Entry::getValue)
                .toList());
    }

    @Override
    public boolean isStored(State state) {
        Map<Content, String> rows = new TreeMap<>();
        state.seen.forEach((key, seen) -> rows.put(key, text(seen)));
        return stored(state.environment.project(), state.environment.environment()).equals(rows);
    }

    @Override
    public void delete(StreamId.Environment target) {
        database.sql("delete from ledger.revision_sighting s using ledger.revision_content c"
                + " where s.content = c.id and c.project = ? and s.environment = ?")
                .params(target.project(), target.environment())
                .update();
        // Contents that no environment has: they may have been declared otherwise since, or the event that reported them is gone.
        database.sql("delete from ledger.revision_content c where c.project = ?"
                + " and not exists (select from ledger.revision_sighting s where s.content = c.id)")
                .param(target.project())
                .update();
    }

    @Override
    public Set<StreamId.Environment> stored() {
        return new LinkedHashSet<>(database
                .sql("select distinct c.project, s.environment from ledger.revision_sighting s"
                        + " join ledger.revision_content c on c.id = s.content order by 1, 2")
                .query((row, _) -> StreamId.of(row.getString(1), row.getString(2)))
                .list());
    }

    private void see(String project, String environment, Collection<RevisionContent> seen) {
        if (seen.isEmpty()) {
            return;
        }
        String[] revisions = seen.stream().map(one -> one.declared().revision()).toArray(String[]::new);
        String[] digests = seen.stream().map(one -> one.declared().digest()).toArray(String[]::new);
        String[] declared = seen.stream().map(one -> json(one.declared())).toArray(String[]::new);
        // In one order for everybody: two that each wait for what the other inserted would wait for ever.
        database.sql("""
                insert into ledger.revision_content (project, revision, digest, declared_digest, declared)
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
                update ledger.revision_sighting s set content = now.id
                from unnest(:revisions::text[], :digests::text[], :declared::text[]) as seen(revision, digest, declared)
                join ledger.revision_content now on now.project = :project and now.revision = seen.revision
                    and now.digest = seen.digest and now.declared_digest = md5(seen.declared)
                join ledger.revision_content was on was.project = :project and was.revision = seen.revision
                    and was.digest = seen.digest and was.declared_digest <> md5(seen.declared)
                where s.content = was.id and s.environment = :environment""")
                .param("project", project)
                .param("environment", environment)
                .param("revisions", revisions)
                .param("digests", digests)
                .param("declared", declared)
                .update();
        database.sql("""
                insert into ledger.revision_sighting
                    (content, environment, first_seen, first_source, last_seen, last_source)
                select c.id, :environment, seen.first, f.id, seen.last, l.id
                from unnest(:revisions::text[], :digests::text[], :declared::text[], :first::timestamptz[],
                        :firstAgents::text[], :firstSources::text[], :last::timestamptz[], :lastAgents::text[],
                        :lastSources::text[])
                    as seen(revision, digest, declared, first, first_agent, first_source, last, last_agent, last_source)
                join ledger.revision_content c on c.project = :project and c.revision = seen.revision
                    and c.digest = seen.digest and c.declared_digest = md5(seen.declared)
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

    private void sources(String project, Collection<RevisionContent> seen) {
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

    private static String json(Object contract) {
        return new String(ContractJson.write(contract), StandardCharsets.UTF_8);
    }

    /** What is kept of an environment, each row as text. */
    private Map<Content, String> stored(String project, String environment) {
        Map<Content, String> stored = new TreeMap<>();
        database.sql(StoredHistories.SIGHTINGS + " where c.project = :project and s.environment = :environment")
                .param("project", project)
                .param("environment", environment)
                .query(row -> {
                    RevisionContent seen = StoredHistories.seen(row);
                    stored.put(Content.of(seen.declared()), text(seen));
                });
        return stored;
    }

    private static String text(RevisionContent seen) {
        return json(seen.declared()) + json(seen.first()) + json(seen.last());
    }
}
