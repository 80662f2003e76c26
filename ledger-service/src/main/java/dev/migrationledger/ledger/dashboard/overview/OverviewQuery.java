package dev.migrationledger.ledger.dashboard.overview;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.dashboard.overview.Cohort.Worst;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.view.EnvironmentListItem.Position;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Groups environments in PostgreSQL: what comes back is as small as the page, however many environments there are. */
@Component
class OverviewQuery {

    /** A project with at most so many environments shows each of them. */
    static final int EACH = 8;

    /** The rank of the worst that is found; rows that disagree with the scripts are wrong before a finding says so. */
    static final String WORST = "greatest(coalesce(worst, 0), case when position in ('unknown-revision', 'forked') then 2 else 0 end)";

    private static final String SEEN = """
            with found as materialized (
                select project, environment, max(case severity when 'error' then 2 when 'warning' then 1 else 0 end) as worst,
                    string_agg(distinct code, ' ') filter (where severity <> 'info') as codes,
                    min(first_seen) filter (where severity <> 'info') as since
                from ledger.divergence_view where resolved_at is null and %1$s
                group by project, environment),
            heard as materialized (
                select project, environment, max(last_at) as last_at from ledger.heartbeat
                where %1$s group by project, environment),
            seen as materialized (
                select project, environment, stamped, kinds, heads, position, missing,
                    %3$s as worst,
                    coalesce(codes, '') as codes, since, greatest(last_at, observed::timestamptz) as heard,
                    left(md5(concat_ws('|', coalesce(stamped, '-'), kinds, heads, position, missing, codes)), 12) as key
                from ledger.environment_view left join found using (project, environment)
                    left join heard using (project, environment)
                where not retired and %1$s %2$s)
            """;

    private static final String COHORTS = """
            , counted as (
                select seen.*, count(*) over (partition by project) as environments from seen),
            cohorts as (
                select project, key, stamped, kinds, heads, position, missing, codes, worst, count(*)::int as members,
                    (array_agg(environment order by environment))[1\\:3] as names, min(since) as since, min(heard) as heard
                from counted
                group by project, key, stamped, kinds, heads, position, missing, codes, worst,
                    case when environments <= :each then environment end),
            projects as (
                select project, max(worst) as worst, sum(members)::int as environments, count(*)::int as cohorts
                from cohorts group by project),
            page as (
                select * from projects where (-worst, project) > (:worst, :after) order by -worst, project limit :projects_limit),
            ranked as (
                select cohorts.*, row_number() over (partition by project order by worst desc, members, names) as place
                from cohorts where project in (select project from page))
            select ranked.*, page.worst as project_worst, page.environments, page.cohorts
            from ranked join page using (project) where place > :skip and place <= :skip + :cells
            order by -page.worst, project, place
            """;

    private final JdbcClient database;

    OverviewQuery(JdbcClient database) {
        this.database = database;
    }

    /**
     * A project on the page.
     *
     * @param environments how many it has, of those that the search finds
     * @param cohorts how many groups they are
     * @param shown the groups on this page, odd ones first
     */
    record ProjectCohorts(String project, Worst worst, int environments, int cohorts, List<Cohort> shown) {
        ProjectCohorts {
            shown = List.copyOf(shown);
        }
    }

    /**
     * Where a page begins: behind a project, in the order of the page.
     *
     * @param worst of that project
     */
    record After(Worst worst, String project) {
        static final After START = new After(Worst.ERROR, "");

        String text() {
            return worst.rank() + "/" + project;
        }

        static After read(String text) {
            return text.matches("[0-2]/.+")
                    ? new After(Worst.of(text.charAt(0) - '0'), text.substring(2))
                    : START;
        }
    }

    /**
     * The projects that follow, those with errors first.
     *
     * @param projects at most so many
     * @param skip so many cohorts of each project
     * @param cells then at most so many
     */
    List<ProjectCohorts> page(
            ProjectScope scope, OverviewFilter filter, After after, int projects, int skip, int cells) {
        Map<String, List<Cohort>> shown = new LinkedHashMap<>();
        Map<String, ProjectCohorts> found = new LinkedHashMap<>();
        statement(SEEN + COHORTS, scope, filter)
                .param("each", EACH)
                .param("worst", -after.worst.rank())
                .param("after", after.project)
                .param("projects_limit", projects)
                .param("skip", skip)
                .param("cells", cells)
                .query(row -> {
                    Cohort cohort = cohort(row);
                    shown.computeIfAbsent(cohort.project(), _ -> new ArrayList<>()).add(cohort);
                    found.putIfAbsent(cohort.project(), new ProjectCohorts(cohort.project(),
                            Worst.of(row.getInt("project_worst")), row.getInt("environments"), row.getInt("cohorts"),
                            List.of()));
                });
        return found.values().stream()
                .map(it -> new ProjectCohorts(it.project, it.worst, it.environments, it.cohorts,
                        shown.getOrDefault(it.project, List.of())))
                .toList();
    }

    /** An environment of an unfolded cohort. */
    record Member(String environment, @Nullable Instant since, @Nullable Instant heard) {}

    /** The environments of one cohort by name, at most so many that follow one. */
    List<Member> members(
            ProjectScope scope, OverviewFilter filter, String project, String key, String after, int limit) {
        return statement(SEEN + """
                select environment, since, heard from seen
                where project = :project and key = :key and environment > :after order by environment limit :limit
                """, scope, filter)
                .param("project", project)
                .param("key", key)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> new Member(row.getString(1), instant(row, "since"), instant(row, "heard")))
                .list();
    }

    /**
     * How many there are.
     *
     * @param errors environments with an error
     * @param warnings environments with a warning and no error
     * @param behind environments that lack a revision of their scripts
     */
    record Totals(int projects, int environments, int errors, int warnings, int behind) {}

    Totals totals(ProjectScope scope, OverviewFilter filter) {
        return statement(
                SEEN + """
                        select count(distinct project)::int, count(*)::int, (count(*) filter (where worst = 2))::int,
                            (count(*) filter (where worst = 1))::int, (count(*) filter (where position = 'behind'))::int from seen
                        """,
                scope, filter)
                .query((row, _) -> new Totals(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4),
                        row.getInt(5)))
                .single();
    }

    private JdbcClient.StatementSpec statement(String sql, ProjectScope scope, OverviewFilter filter) {
        int end = SEEN.length();
        return database.sql(sql.substring(0, end).formatted(ProjectScope.IN_SCOPE, filter.condition(), WORST)
                + sql.substring(end))
                .param("projects", scope.names())
                .params(filter.parameters());
    }

    private static Cohort cohort(ResultSet row) throws SQLException {
        String stamped = row.getString("stamped");
        String kinds = row.getString("kinds");
        String codes = row.getString("codes");
        return new Cohort(row.getString("project"), row.getString("key"),
                stamped == null || stamped.equals("null") ? null : texts(stamped),
                kinds == null
                        ? List.of()
                        : Stream.of(kinds.split(" ")).map(it -> constant(it, RevisionStatus.Kind.class)).toList(),
                texts(row.getString("heads")), constant(row.getString("position"), Position.class),
                row.getInt("missing"),
                codes.isEmpty() ? List.of() : List.of(codes.split(" ")), Worst.of(row.getInt("worst")),
                row.getInt("members"), List.of((String[]) row.getArray("names").getArray()), instant(row, "since"),
                instant(row, "heard"));
    }

    private static <T> T constant(String text, Class<T> type) {
        return ContractJson.read(('"' + text + '"').getBytes(StandardCharsets.UTF_8), type);
    }

    private static List<String> texts(@Nullable String json) {
        return json == null || json.equals("null")
                ? List.of()
                : List.of(ContractJson.read(json.getBytes(StandardCharsets.UTF_8), String[].class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
