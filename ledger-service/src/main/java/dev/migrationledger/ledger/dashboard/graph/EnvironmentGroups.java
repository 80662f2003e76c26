package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.view.EnvironmentListItem;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds out which environments of a project look the same. The database groups them, so ten thousand that are alike are one row. */
@Component
class EnvironmentGroups {

    /** So many environments are shown one by one, alike or not. */
    static final int ALONE = 12;

    private static final int NAMED = 3;

    private final JdbcClient database;

    EnvironmentGroups(JdbcClient database) {
        this.database = database;
    }

    /**
     * The groups of a project.
     *
     * @param some the first of them: those with errors, then with warnings, then those that are not at their head, small groups first
     * @param groups how many there are
     * @param environments how many there are
     */
    record Found(List<EnvironmentGroup> some, int groups, int environments) {
        Found {
            some = List.copyOf(some);
        }
    }

    /**
     * Environments that are used, in groups.
     *
     * @param chosen an environment that is a group of its own and comes first; empty: none
     */
    Found of(String project, String chosen, int most) {
        int[] counts = new int[2];
        List<EnvironmentGroup> some = database.sql(
                """
                        with environments as materialized (
                            select environment, position, md5(concat_ws(' ', stamped, kinds, heads, position, missing)) as looks
                            from ledger.environment_view where project = :project and not retired),
                        findings as materialized (
                            select environment, count(*) filter (where severity = 'error')::int as errors,
                                count(*) filter (where severity = 'warning')::int as warnings,
                                string_agg(distinct code, ' ' order by code) filter (where severity in ('error', 'warning')) as codes
                            from ledger.divergence_view where project = :project and resolved_at is null group by environment),
                        groups as (
                            select min(environment) as first, count(*)::int as environments,
                                (array_agg(environment order by environment))[1\\:%d] as names, coalesce(errors, 0) as errors,
                                coalesce(warnings, 0) as warnings, coalesce(codes, '') as codes, position
                            from environments left join findings using (environment)
                            group by case when (select count(*) from environments) <= :alone or environment = :chosen
                                then environment end, looks, position, errors, warnings, codes)
                        select v.list_item, g.environments, g.names, g.errors, g.warnings, g.codes, count(*) over ()::int,
                            (sum(g.environments) over ())::int
                        from groups g join ledger.environment_view v on v.project = :project and v.environment = g.first
                        order by g.first <> :chosen, g.errors = 0, g.warnings = 0, g.position = 'at-head', g.environments, g.first
                        limit :most
                        """
                        .formatted(NAMED))
                .param("project", project)
                .param("chosen", chosen)
                .param("alone", ALONE)
                .param("most", most)
                .query((row, _) -> {
                    counts[0] = row.getInt(7);
                    counts[1] = row.getInt(8);
                    return group(row);
                })
                .list();
        return new Found(some, counts[0], counts[1]);
    }

    private static EnvironmentGroup group(ResultSet row) throws SQLException {
        String codes = row.getString(6);
        return new EnvironmentGroup(
                ContractJson.read(row.getString(1).getBytes(StandardCharsets.UTF_8), EnvironmentListItem.class),
                row.getInt(2), List.of((String[]) row.getArray(3).getArray()), row.getInt(4), row.getInt(5),
                codes.isEmpty() ? List.of() : Arrays.asList(codes.split(" ")));
    }
}
