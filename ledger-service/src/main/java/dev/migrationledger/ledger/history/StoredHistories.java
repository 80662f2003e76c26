package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.history.RevisionVariant.InEnvironment;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers what is kept of a project's revisions. Inside a transaction that has just recorded events, what they say is in it. */
public final class StoredHistories {

    private static final Comparator<Sighting> BY_TIME = Comparator.comparing(Sighting::at)
            .thenComparing(Sighting::environment);

    private static final int MOST_CONTESTED = 4_000;

    private final JdbcClient database;

    StoredHistories(JdbcClient database) {
        this.database = database;
    }

    /** Where contents were seen; {@link #seen} reads a row of it. */
    static final String SIGHTINGS = """
            select c.declared, s.environment, s.first_seen, f.agent, f.source, s.last_seen, l.agent, l.source,
                exists (select from ledger.revision_file k where k.project = c.project and k.digest = c.digest)
            from ledger.revision_content c
            join ledger.revision_sighting s on s.content = c.id
            join ledger.revision_source f on f.id = s.first_source
            join ledger.revision_source l on l.id = s.last_source
            """;

    private record Row(Revision declared, boolean fileStored, Sighting first, Sighting last) {}

    /** A file as an agent sent it. */
    public record StoredFile(String name, String text) {}

    /**
     * What a content of a file does.
     *
     * @param form of the footprint
     * @param withheld why no agent sent its text, as events have it; absent: one did
     */
    public record StoredFootprint(int form, @Nullable String withheld, String footprint) {

        /** Absent where it has another form than this ledger reads. */
        public @Nullable Footprint read() {
            return form == Footprint.FORM ? StoredJson.read(footprint, Footprint.class) : null;
        }
    }

    /** All that is known of a revision; empty where no source of the project ever had it. */
    public Optional<RevisionHistory> revision(String project, String revision) {
        return histories(project, SIGHTINGS + "where c.project = :project and c.revision = :revision",
                Map.of("revision", revision), true).stream().findFirst();
    }

    /**
     * Revisions with more than one content, by id, each with where it was seen. Which they are depends on the contents
     * alone, of which there are about as many as revisions, however many databases have them.
     */
    public List<RevisionHistory> edited(String project) {
        List<String> contested = database.sql("""
                select revision from ledger.revision_content c
                where project = ? and exists (select from ledger.revision_sighting s where s.content = c.id)
                group by revision having count(distinct digest) > 1""").param(project)
                .query((row, _) -> row.getString(1)).list();
        return contested.isEmpty()
                ? List.of()
                : histories(project, SIGHTINGS + "where c.project = :project and c.revision = any(:revisions)",
                        Map.of("revisions", contested.toArray(String[]::new)), true);
    }

    /** Of revisions with more than one content, each content as it was declared last, without where it was seen; of very many the first. */
    public List<Revision> contested(String project) {
        return database.sql("""
                select declared from ledger.revision_content c
                where project = :project and revision in (
                    select revision from ledger.revision_content where project = :project
                    group by revision having count(distinct digest) > 1)
                    and exists (select from ledger.revision_sighting s where s.content = c.id)
                order by revision, id limit :most""")
                .param("project", project)
                .param("most", MOST_CONTESTED)
                .query((row, _) -> ContractJson.read(row.getString(1).getBytes(StandardCharsets.UTF_8),
                        Revision.class))
                .list();
    }

    /**
     * Revisions with several parents that came to the project after the ledger knew it: the environment that had one first was seen without it before.
     * What an environment had when it was seen first is its past.
     */
    public Set<String> arrivedMerges(String project) {
        return new TreeSet<>(database.sql("""
                with merges as materialized (
                    select distinct on (c.revision) c.revision, s.environment, s.first_seen
                    from ledger.revision_content c join ledger.revision_sighting s on s.content = c.id
                    where c.project = :project and json_array_length(c.declared -> 'parents') > 1
                    order by c.revision, s.first_seen, s.environment)
                select m.revision from merges m where exists (
                    select from ledger.revision_content c join ledger.revision_sighting s on s.content = c.id
                    where c.project = :project and s.environment = m.environment and s.first_seen < m.first_seen)""")
                .param("project", project).query((row, _) -> row.getString(1)).list());
    }

    /**
     * Some of the revisions by id, without where each was seen.
     *
     * @param after only those whose id comes later; empty: from the first
     */
    List<RevisionHistory> page(String project, String after, int most) {
        return briefly(project, """
                select distinct revision from ledger.revision_content c
                where project = :project and revision > :after
                    and exists (select from ledger.revision_sighting s where s.content = c.id)
                order by 1 limit :most""", Map.of("after", after, "most", most));
    }

    /** As {@link #revision}, without where each of its contents was seen: a thousand environments have the same. */
    public Optional<RevisionHistory> briefly(String project, String revision) {
        return briefly(project, "select :revision::text as revision", Map.of("revision", revision)).stream()
                .findFirst();
    }

    /** @param page selects ids of revisions */
    private List<RevisionHistory> briefly(String project, String page, Map<String, Object> parameters) {
        return histories(project,
                "with page as materialized (" + page
                        + """
                                ),
                                contents as materialized (
                                    select id, revision, digest from ledger.revision_content
                                    where project = :project and revision in (select revision from page)),
                                times as (
                                    select content, count(*) as environments, min(first_seen) as earliest, max(last_seen) as latest
                                    from ledger.revision_sighting where content in (select id from contents)
                                    group by content),
                                ends as (
                                    select content, environments,
                                        min(environment) filter (where first_seen = earliest) as first,
                                        max(environment) filter (where last_seen = latest) as last
                                    from ledger.revision_sighting join times using (content) group by content, environments),
                                everywhere as (
                                    select ends.*, sum(environments) over (partition by revision, digest) as all_environments
                                    from ends join contents on id = content),
                                s as materialized (
                                    select seen.*, all_environments as environments
                                    from everywhere e join ledger.revision_sighting seen
                                        on seen.content = e.content and seen.environment in (e.first, e.last))
                                """
                        + SIGHTINGS.replace("ledger.revision_sighting s", "s").replace("exists (",
                                "s.environments, exists ("),
                parameters, false);
    }

    private List<RevisionHistory> histories(
            String project, String select, Map<String, Object> parameters, boolean everywhere) {
        Map<String, Map<String, List<Row>>> rows = new LinkedHashMap<>();
        Map<String, Integer> environments = new HashMap<>();
        database.sql(select + " order by c.revision, c.digest, s.environment")
                .param("project", project)
                .params(parameters)
                .query(row -> {
                    RevisionContent seen = seen(row);
                    Revision declared = seen.declared();
                    rows.computeIfAbsent(declared.revision(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(declared.digest(), _ -> new ArrayList<>())
                            .add(new Row(declared, row.getBoolean(everywhere ? 9 : 10), seen.first(), seen.last()));
                    if (!everywhere) {
                        environments.put(declared.revision() + " " + declared.digest(), row.getInt(9));
                    }
                });
        return rows.entrySet().stream()
                .map(entry -> new RevisionHistory(project, entry.getKey(), entry.getValue().entrySet().stream()
                        .map(seen -> variant(seen.getValue(),
                                environments.get(entry.getKey() + " " + seen.getKey())))
                        .sorted(Comparator.comparing(RevisionVariant::firstSeen, BY_TIME))
                        .toList()))
                .toList();
    }

    /** A row of {@link #SIGHTINGS}. */
    static RevisionContent seen(ResultSet row) throws SQLException {
        String environment = row.getString(2);
        return new RevisionContent(
                ContractJson.read(row.getString(1).getBytes(StandardCharsets.UTF_8), Revision.class),
                new Sighting(row.getObject(3, OffsetDateTime.class).toInstant(), environment, row.getString(4),
                        row.getString(5)),
                new Sighting(row.getObject(6, OffsetDateTime.class).toInstant(), environment, row.getString(7),
                        row.getString(8)));
    }

    /** @param environments how many there are, where only the first and the last are among the rows; absent: all are */
    private static RevisionVariant variant(List<Row> rows, @Nullable Integer environments) {
        Row latest = rows.stream().max(Comparator.comparing(Row::last, BY_TIME)).orElseThrow();
        return new RevisionVariant(latest.declared, latest.fileStored,
                rows.stream().map(Row::first).min(BY_TIME).orElseThrow(), latest.last,
                environments == null ? rows.size() : environments,
                environments == null
                        ? rows.stream()
                                .map(row -> new InEnvironment(row.first.environment(), row.first, row.last, false))
                                .toList()
                        : null);
    }

    /** A file's bytes with the name that it had last; empty where they are not kept. */
    public Optional<StoredFile> file(String project, String digest) {
        return database.sql("""
                select convert_from(f.content, 'UTF8'), (select c.declared ->> 'file' from ledger.revision_content c
                    where c.project = f.project and c.digest = f.digest order by c.revision, c.id desc limit 1)
                from ledger.revision_file f where f.project = ? and f.digest = ?""")
                .params(project, digest)
                .query((row, _) -> new StoredFile(
                        Optional.ofNullable(row.getString(2)).orElse(digest + ".txt"), row.getString(1)))
                .optional();
    }

    /** What a content does, by its digest; empty where no agent said so. */
    public Optional<StoredFootprint> footprint(String project, String digest) {
        return database.sql("select form, withheld, footprint from ledger.revision_footprint"
                + " where project = ? and digest = ?")
                .params(project, digest)
                .query((row, _) -> new StoredFootprint(row.getInt(1), row.getString(2), row.getString(3))).optional();
    }

    /**
     * The revision whose id has a SHA-256 that begins with this.
     *
     * @param hash in lower-case hexadecimal
     */
    public Optional<String> byHash(String project, String hash) {
        return database.sql("""
                select distinct revision from ledger.revision_content
                where project = ? and starts_with(encode(sha256(convert_to(revision, 'UTF8')), 'hex'), ?) limit 1""")
                .params(project, hash).query((row, _) -> row.getString(1)).optional();
    }

    /** Whether a source of the project ever had a file with this digest. */
    boolean knows(String project, String digest) {
        return database.sql("select exists (select from ledger.revision_content where project = ? and digest = ?)")
                .params(project, digest)
                .query(Boolean.class)
                .single();
    }

    /** Ids of revisions, at most so many, for who mistyped one. */
    List<String> ids(String project, int most) {
        return database
                .sql("select distinct revision from ledger.revision_content where project = ? order by 1 limit ?")
                .params(project, most)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
