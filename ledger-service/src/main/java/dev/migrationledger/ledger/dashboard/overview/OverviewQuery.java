package dev.migrationledger.ledger.dashboard.overview;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.dashboard.overview.Cohort.Worst;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.view.EnvironmentListItem.Position;
import dev.migrationledger.ledger.view.Liveness;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Groups environments in PostgreSQL: what comes back is as small as the page, however many environments there are. */
@Component
class OverviewQuery {

    /** A project with at most so many environments shows each of them. */
    static final int EACH = 8;

    /** The rank of the worst that is found; an unknown revision is wrong before a finding says so. */
    static final String WORST = "greatest(coalesce(worst, 0), case position when 'unknown-revision' then 2 else 0 end)";

    /** Whether an agent that watches was heard last within the times of {@link Liveness#present}. */
    private static final String PRESENT = "(coalesce(present_agents && watchers, false) or coalesce(last_report::timestamptz between :present_from and :present_until, false))";

    /** No agent watches although one has not reported that it stopped. */
    static final String SILENT = "cardinality(watchers) > 0 and not " + PRESENT;

    static final String UNWATCHED = "cardinality(watchers) = 0";

    /** Names a group within its project. */
    private static final String KEY = "left(md5(concat_ws('|', coalesce(stamped, '-'), kinds, heads, position, missing, nullif(codes, ''))), 12)";

    /** Once for the whole page: what is counted in the headline is counted of the groups. */
    private static final String GROUPS = """
            , cohorts as materialized (
                select project, stamped, kinds, heads, position, missing, coalesce(codes, '') as codes, %2$s as worst,
                    count(*)::int as members, array[min(environment), max(environment)] as names, min(since) as since,
                    min(greatest(last_at, observed::timestamptz)) as heard,
                    (count(*) filter (where %3$s))::int as silent, (count(*) filter (where %4$s))::int as unwatched
                from seen group by 1, 2, 3, 4, 5, 6, 7, 8),
            projects as materialized (
                select project, max(worst) as worst, sum(members)::int as environments, count(*)::int as cohorts
                from cohorts group by project),
            totals as (
                select (select count(*) from projects)::int as all_projects, coalesce(sum(members), 0)::int as all_environments,
                    coalesce(sum(members) filter (where worst = 2), 0)::int as errors,
                    coalesce(sum(members) filter (where worst = 1), 0)::int as warnings,
                    coalesce(sum(members) filter (where position = 'behind'), 0)::int as behind,
                    coalesce(sum(silent), 0)::int as all_silent
                from cohorts),
            page as (
                select * from projects where (-worst, project) > (:worst, :after) order by -worst, project limit :projects_limit),
            ranked as (
                select cohorts.*, row_number() over (partition by project order by worst desc, members, names) as place
                from cohorts where project in (select project from page)),
            shown as (
                select ranked.*, %1$s as key, page.worst as project_worst, page.environments, page.cohorts
                from ranked join page using (project) cross join totals
                where case all_projects when 1 then place > :skip and place <= :skip + :cells_of_one else place <= :cells end)
            select totals.*, shown.* from totals left join shown on true order by -project_worst, project, place
            """
            .formatted(KEY, WORST, SILENT, UNWATCHED);

    /** The environments of small projects, each by itself. */
    private static final String EACH_ONE = """
            select project, '' as key, stamped, kinds, heads, position, missing, coalesce(codes, '') as codes, %s as worst,
                1 as members, array[environment] as names, since, greatest(last_at, observed::timestamptz) as heard,
                (%s)::int as silent, (%s)::int as unwatched
            from seen order by project, worst desc, environment
            """
            .formatted(WORST, SILENT, UNWATCHED);

    private final JdbcClient database;

    private final Liveness liveness;

    OverviewQuery(JdbcClient database, Liveness liveness) {
        this.database = database;
        this.liveness = liveness;
    }

    /**
     * How many there are.
     *
     * @param errors environments with an error
     * @param warnings environments with a warning and no error
     * @param behind environments that lack a revision of their scripts
     * @param silent environments whose agents are silent
     */
    record Totals(int projects, int environments, int errors, int warnings, int behind, int silent) {

        static final Totals NOTHING = new Totals(0, 0, 0, 0, 0, 0);
    }

    /** What a page shows, and how many there are on all pages. */
    record Groups(Totals totals, List<ProjectCohorts> projects) {
        Groups {
            projects = List.copyOf(projects);
        }
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
     * How much of what is found is on a page.
     *
     * @param projects at most so many
     * @param cells of each at most so many groups, where there are several projects
     * @param cellsOfOne of the only project
     * @param skip so many groups of the only project are on earlier pages
     */
    record Extent(int projects, int cells, int cellsOfOne, int skip) {}

    /** The projects that follow, those with errors first. */
    Groups page(ProjectScope scope, OverviewFilter filter, After after, Extent extent) {
        Map<String, List<Cohort>> shown = new LinkedHashMap<>();
        Map<String, ProjectCohorts> found = new LinkedHashMap<>();
        AtomicReference<Totals> totals = new AtomicReference<>(Totals.NOTHING);
        statement(GROUPS, scope, filter)
                .param("worst", -after.worst.rank())
                .param("after", after.project)
                .param("projects_limit", extent.projects)
                .param("skip", extent.skip)
                .param("cells", extent.cells)
                .param("cells_of_one", extent.cellsOfOne)
                .query(row -> {
                    totals.set(totals(row));
                    if (row.getString("project") == null) {
                        return;
                    }
                    Cohort cohort = cohort(row);
                    shown.computeIfAbsent(cohort.project(), _ -> new ArrayList<>()).add(cohort);
                    found.putIfAbsent(cohort.project(), new ProjectCohorts(cohort.project(),
                            Worst.of(row.getInt("project_worst")), row.getInt("environments"), row.getInt("cohorts"),
                            List.of()));
                });
        shown.putAll(each(scope, filter, found.values().stream()
                .filter(it -> it.environments <= EACH && it.environments > it.cohorts).map(it -> it.project).toList()));
        return new Groups(totals.get(), found.values().stream()
                .map(it -> new ProjectCohorts(it.project, it.worst, it.environments,
                        it.environments <= EACH ? it.environments : it.cohorts,
                        shown.getOrDefault(it.project, List.of())))
                .toList());
    }

    /** The environments of projects that are shown one by one and have some that are equal. */
    private Map<String, List<Cohort>> each(ProjectScope scope, OverviewFilter filter, List<String> projects) {
        Map<String, List<Cohort>> each = new LinkedHashMap<>();
        if (!projects.isEmpty()) {
            statement(EACH_ONE, scope, filter.and("project in (:small)"))
                    .param("small", projects)
                    .query(row -> {
                        Cohort one = cohort(row);
                        each.computeIfAbsent(one.project(), _ -> new ArrayList<>()).add(one);
                    });
        }
        return each;
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(row.getInt("all_projects"), row.getInt("all_environments"), row.getInt("errors"),
                row.getInt("warnings"), row.getInt("behind"), row.getInt("all_silent"));
    }

    /** An environment of an unfolded cohort. */
    record Member(String environment, @Nullable Instant heard, boolean silent, boolean unwatched) {}

    /** The environments of one cohort by name, at most so many that follow one. */
    List<Member> members(
            ProjectScope scope, OverviewFilter filter, String project, String key, String after, int limit) {
        return statement("""
                select environment, greatest(last_at, observed::timestamptz) as heard, %s, %s from seen
                where %s = :key and environment > :member order by environment limit :limit
                """.formatted(SILENT, UNWATCHED, KEY), scope, filter.and("project = :project"))
                .param("project", project)
                .param("key", key)
                .param("member", after)
                .param("limit", limit)
                .query((row, _) -> new Member(row.getString(1), instant(row, "heard"), row.getBoolean(3),
                        row.getBoolean(4)))
                .list();
    }

    private JdbcClient.StatementSpec statement(String rest, ProjectScope scope, OverviewFilter filter) {
        Liveness.Present present = liveness.present();
        return database.sql(seen(filter) + rest)
                .param("projects", scope.names())
                .param("present_from", Timestamp.from(present.from()))
                .param("present_until", Timestamp.from(present.until()))
                .params(filter.parameters());
    }

    /** Every environment that a page is about, with what is found in it. */
    private static String seen(OverviewFilter filter) {
        return """
                with found as materialized (
                    select project, environment, max(case severity when 'error' then 2 else 1 end) as worst,
                        string_agg(distinct code, ' ') as codes, min(first_seen) as since
                    from ledger.divergence_view where resolved_at is null and severity <> 'info' and %1$s
                    group by project, environment),
                heard as (
                    select project, environment, max(last_at) as last_at,
                        array_agg(agent) filter (where last_at between :present_from and :present_until) as present_agents
                    from ledger.heartbeat where %1$s group by project, environment),
                seen as not materialized (
                    select environment_view.*, worst, codes, since, last_at, present_agents
                    from ledger.environment_view left join found using (project, environment)
                        left join heard using (project, environment)
                    where not retired and %1$s %2$s)
                """
                .formatted(ProjectScope.IN_SCOPE, filter.condition());
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
                instant(row, "heard"), row.getInt("silent"), row.getInt("unwatched"));
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
