package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.history.RevisionVariant.InEnvironment;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers what is kept of a project's revisions. Inside a transaction that has just recorded events, what they say is in it. */
public final class KeptHistories {

    private static final Comparator<Sighting> BY_TIME = Comparator.comparing(Sighting::at)
            .thenComparing(Sighting::environment);

    private final JdbcClient database;

    KeptHistories(JdbcClient database) {
        this.database = database;
    }

    private record Row(Revision declared, boolean kept, Sighting first, Sighting last) {}

    /** A file as it was told. */
    record KeptFile(String name, String text) {}

    /** All that is known of a revision; empty where no source of the project ever had it. */
    public Optional<RevisionHistory> revision(String project, String revision) {
        return histories(project, "s.revision = :revision", Map.of("revision", revision), true).stream().findFirst();
    }

    /** Revisions of which there is more than one content, by id, each with where it was seen. */
    public List<RevisionHistory> edited(String project) {
        return histories(project, "s.revision in (select revision from ledger.revision_seen where project = :project"
                + " group by revision having count(distinct digest) > 1)", Map.of(), true);
    }

    /**
     * Some of the revisions by id, without where each was seen.
     *
     * @param after only those whose id comes later; empty: from the first
     */
    List<RevisionHistory> page(String project, String after, int most) {
        return histories(project, "s.revision in (select distinct revision from ledger.revision_seen"
                + " where project = :project and revision > :after order by 1 limit :most)",
                Map.of("after", after, "most", most), false);
    }

    private List<RevisionHistory> histories(
            String project, String which, Map<String, Object> parameters, boolean everywhere) {
        Map<String, Map<String, List<Row>>> rows = new LinkedHashMap<>();
        database.sql("select s.declared, s.first_seen, s.last_seen, f.digest is not null"
                + " from ledger.revision_seen s left join ledger.revision_file f using (project, digest)"
                + " where s.project = :project and " + which + " order by s.revision, s.digest, s.environment")
                .param("project", project)
                .params(parameters)
                .query(row -> {
                    Row one = row(row);
                    rows.computeIfAbsent(one.declared.revision(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(one.declared.digest(), _ -> new ArrayList<>())
                            .add(one);
                });
        return rows.entrySet().stream()
                .map(entry -> new RevisionHistory(project, entry.getKey(), entry.getValue().values().stream()
                        .map(seen -> variant(seen, everywhere))
                        .sorted(Comparator.comparing(RevisionVariant::firstSeen, BY_TIME))
                        .toList()))
                .toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(read(row.getString(1), Revision.class), row.getBoolean(4),
                read(row.getString(2), Sighting.class),
                read(row.getString(3), Sighting.class));
    }

    private static <T> T read(String json, Class<T> type) {
        return Wire.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static RevisionVariant variant(List<Row> rows, boolean everywhere) {
        Row latest = rows.stream().max(Comparator.comparing(Row::last, BY_TIME)).orElseThrow();
        return new RevisionVariant(latest.declared, latest.kept,
                rows.stream().map(Row::first).min(BY_TIME).orElseThrow(), latest.last, rows.size(),
                everywhere
                        ? rows.stream()
                                .map(row -> new InEnvironment(row.first.environment(), row.first, row.last, false))
                                .toList()
                        : null);
    }

    /** A file's bytes with the name that it had last; empty where they are not kept. */
    Optional<KeptFile> file(String project, String digest) {
        return database.sql("""
                select convert_from(f.content, 'UTF8'), (select s.declared ->> 'file' from ledger.revision_seen s
                    where s.project = f.project and s.digest = f.digest order by s.revision, s.environment limit 1)
                from ledger.revision_file f where f.project = ? and f.digest = ?""")
                .params(project, digest)
                .query((row, _) -> new KeptFile(
                        Optional.ofNullable(row.getString(2)).orElse(digest + ".txt"), row.getString(1)))
                .optional();
    }

    /** Whether a source of the project ever had a file with this digest. */
    boolean knows(String project, String digest) {
        return database.sql("select exists (select from ledger.revision_seen where project = ? and digest = ?)")
                .params(project, digest)
                .query(Boolean.class)
                .single();
    }

    /** Ids of revisions, at most so many, for who mistyped one. */
    List<String> ids(String project, int most) {
        return database.sql("select distinct revision from ledger.revision_seen where project = ? order by 1 limit ?")
                .params(project, most)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
