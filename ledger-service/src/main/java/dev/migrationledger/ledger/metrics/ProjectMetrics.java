package dev.migrationledger.ledger.metrics;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Numbers of projects: never one of an environment, so that 10,000 of them cost no more than ten. */
final class ProjectMetrics implements MetricSource {

    /** Those with the most environments; the others are counted together. */
    static final int MOST_PROJECTS = 200;

    /** No project has this name. */
    static final String OTHERS = "_other";

    private final JdbcClient database;
    private final Clock clock;

    ProjectMetrics(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<Metric> metrics() {
        Timestamp now = Timestamp.from(clock.instant());
        Set<String> projects = projects();
        return List.of(
                sum(projects, "environments",
                        "Environments by where they stand relative to their own scripts.", List.of("state"), """
                                select project, case when retired then 'retired' else list_item ->> 'position' end,
                                count(*) from ledger.environment_view group by 1, 2"""),
                sum(projects, "divergences", "Open divergences.", List.of("code", "severity"), """
                        select project, code, severity, count(*) from ledger.divergence_view
                        where resolved_at is null group by 1, 2, 3"""),
                sum(projects, "environments_silent",
                        "Environments that no agent watches any more, though one did.", List.of(), """
                                select project, count(*) filter (where exists (select from ledger.divergence_view d
                                where d.project = e.project and d.environment = e.environment
                                and d.code = 'observation-stale' and d.resolved_at is null))
                                from ledger.environment_view e where not retired group by 1"""),
                combine(projects, "oldest_heartbeat_age_seconds",
                        "The time since the last heartbeat, of the environment where it is longest.",
                        List.of(), """
                                select project, extract(epoch from cast(:now as timestamptz) - min(last_at)) from (
                                select project, environment, max(last_at) as last_at from ledger.heartbeat
                                join ledger.environment_view using (project, environment) where not retired
                                group by 1, 2) newest group by 1""", now, Math::max),
                combine(projects, "overrides_open", "Overrides of the gate that let deploys run now.", List.of(), """
                        select project, count(*) filter (where facts ->> 'closedAt' is null
                        and cast(facts ->> 'until' as timestamptz) > :now) from ledger.gate_override group by 1""", now,
                        Double::sum),
                sum(projects, "merges_open", "Merges of heads that are not over.", List.of(),
                        "select project, count(*) filter (where open) from ledger.merge group by 1"));
    }

    private Set<String> projects() {
        return new HashSet<>(database.sql("select project from ledger.environment_view group by project"
                + " order by count(*) desc, project limit ?").param(MOST_PROJECTS).query((row, _) -> row.getString(1))
                .list());
    }

    private Metric sum(Set<String> projects, String name, String help, List<String> labels, String sql) {
        return metric(projects, name, help, labels, database.sql(sql), Double::sum);
    }

    private Metric combine(
            Set<String> projects, String name, String help, List<String> labels, String sql, Timestamp now,
            DoubleBinaryOperator both) {
        return metric(projects, name, help, labels, database.sql(sql).param("now", now), both);
    }

    /** The rows have the project, the values of the labels and the number. */
    private static Metric metric(
            Set<String> projects, String name, String help, List<String> labels, JdbcClient.StatementSpec sql,
            DoubleBinaryOperator both) {
        Map<List<String>, Double> numbers = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        sql.query(row -> {
            List<String> values = new ArrayList<>();
            String project = row.getString(1);
            values.add(projects.contains(project) ? project : OTHERS);
            for (int i = 0; i < labels.size(); i++) {
                values.add(row.getString(i + 2));
            }
            numbers.merge(values, Math.max(0, row.getDouble(labels.size() + 2)), both::applyAsDouble);
        });
        List<String> all = new ArrayList<>(List.of("project"));
        all.addAll(labels);
        return new Metric(name, help, all,
                numbers.entrySet().stream().map(one -> new Series(one.getKey(), one.getValue())).toList());
    }
}
