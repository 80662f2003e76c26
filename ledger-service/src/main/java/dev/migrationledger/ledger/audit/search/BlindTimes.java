package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.Term;
import dev.migrationledger.core.query.TimeInterval;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When no agent could see, in the time and the environments of a query: gaps that agents reported, environments whose agents are silent, that no agent
 * watched, that are retired, and each environment before its first observation. Terms that are about neither are not considered, so rather too many are named
 * than one too few.
 */
final class BlindTimes {

    /** So many environments of a project are named one by one; more are counted. */
    private static final int MOST_ALIKE = 3;

    private final JdbcClient database;
    private final Duration patience;

    /** @param patience how long an agent may be silent */
    BlindTimes(JdbcClient database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /** The latest of them, and how many more there are. */
    record Some(List<BlindTime> some, long more) {}

    /**
     * Those of a page.
     *
     * @param newest whether the range reaches to now
     * @param skipped how many of the latest are left out
     */
    Some of(AuditQuestion question, Range searched, boolean newest, int skipped) {
        TimeInterval asked = asked(question);
        boolean isTimeless = asked.from() == null && asked.to() == null;
        // From the first event on, everything is searched: also for what happened before that was recorded.
        Instant from = searched.first() > 1 || isTimeless ? later(asked.from(), searched.from()) : asked.from();
        Instant to = earlier(asked.to(), newest ? question.now() : searched.to());
        if (from != null && to != null && from.isAfter(to)) {
            return new Some(List.of(), 0);
        }
        SqlCondition where = new SqlCondition("w");
        if (from != null) {
            where.add("(blind_until is null or blind_until >= %s)".formatted(where.parameter(Timestamp.from(from))));
        }
        if (to != null) {
            where.add("(blind_from is null or blind_from <= %s)".formatted(where.parameter(Timestamp.from(to))));
        }
        String[] projects = question.scope().projects().names();
        if (projects != null) {
            where.add("project = any(%s)".formatted(where.texts(Arrays.asList(projects))));
        }
        question.query().terms().forEach(term -> where(term, where));
        return read(where, question.now(), skipped);
    }

    private Some read(SqlCondition where, Instant now, int skipped) {
        List<Long> count = new ArrayList<>();
        List<BlindTime> some = database.sql(statement(where))
                .param("stale", Timestamp.from(now.minus(patience))).param("alike", MOST_ALIKE)
                .param("skipped", skipped).param("most", AuditPage.MOST_BLIND).params(where.parameters())
                .query((row, _) -> {
                    count.add(row.getLong(8));
                    return new BlindTime(row.getString(1), row.getString(2), row.getLong(3), row.getString(4),
                            instant(row.getTimestamp(5)), instant(row.getTimestamp(6)), row.getString(7));
                }).list();
        return new Some(some, count.isEmpty() ? 0 : count.getFirst() - skipped - some.size());
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    /** Reported gaps are facts of their own. What is known of environments alike is one line for each project. */
    private static String statement(SqlCondition where) {
        return """
                with silent as (
                    select project, environment, (array_agg(agent order by last_at desc))[1] as agent, max(last_at) as last_at
                    from ledger.heartbeat group by project, environment having max(last_at) < :stale
                ), blind as (
                    select project, environment, agent, blind_from, blind_until, reason, position from ledger.audit_gap
                    union all
                    select project, environment, agent, last_at, null, 'no heartbeat since then', null
                    from silent join ledger.environment_view using (project, environment) where not retired
                    union all
                    select project, environment, null, least(retired_at, last_at), null, 'it is retired', null
                    from ledger.audit_watch left join silent using (project, environment) where retired_at is not null
                    union all
                    select project, environment, null, first_at, coalesce(watched_from, retired_at),
                        'no agent watched it; only single observations are known', null
                    from ledger.audit_watch
                    where first_at < coalesce(watched_from, retired_at, 'infinity')
                    union all
                    select project, environment, null, null, first_at,
                        case when first_at is null then 'it was never observed' else 'it was not observed before' end, null
                    from ledger.audit_watch
                ), asked as (
                    select *, position is null and count(*) over (partition by project, reason, position) > :alike as alike
                    from blind where true%s
                ), named as (
                    select *, case when alike then null else environment end as one, case when alike then null else agent end as its
                    from asked
                )
                select project, one, count(*), min(its),
                    case when bool_or(blind_from is null) then null else min(blind_from) end,
                    case when bool_or(blind_until is null) then null else max(blind_until) end, reason, count(*) over ()
                from named group by project, one, reason, position
                order by reason = 'it was not observed before', 6 desc nulls first, 5 desc nulls last, project, one nulls first
                offset :skipped limit :most
                """
                .formatted(where.sql());
    }

    private static void where(Term term, SqlCondition where) {
        if (!(term instanceof Term.Matches matches)) {
            return;
        }
        List<String> any = new ArrayList<>();
        for (Term.Pattern value : matches.values()) {
            String small = where.parameter(value.value().toLowerCase(Locale.ROOT));
            for (String column : columns(matches.key())) {
                any.add((value.prefix() ? "starts_with(lower(%s), %s)" : "lower(%s) = %s").formatted(column, small));
            }
        }
        if (!columns(matches.key()).isEmpty()) {
            where.add((matches.negated() ? "not (" : "(") + String.join(" or ", any) + ")");
        }
    }

    private static List<String> columns(String key) {
        return switch (key) {
            case AuditKeys.PROJECT -> List.of("project");
            case AuditKeys.ENVIRONMENT -> List.of("environment", "project || '/' || environment");
            default -> List.of();
        };
    }

    /** From the first to the last moment that the query's times cover. */
    static TimeInterval asked(AuditQuestion question) {
        Instant from = null;
        Instant to = null;
        for (Term term : question.query().terms()) {
            if (term instanceof Term.During during && !during.negated()) {
                List<TimeInterval> intervals = during.values().stream()
                        .map(range -> range.resolve(question.now(), question.zone())).toList();
                from = later(from, first(intervals));
                to = earlier(to, last(intervals));
            }
        }
        return new TimeInterval(from, to);
    }

    private static @Nullable Instant first(List<TimeInterval> intervals) {
        Instant first = intervals.getFirst().from();
        for (TimeInterval interval : intervals) {
            first = first == null || interval.from() == null
                    ? null
                    : interval.from().isBefore(first) ? interval.from() : first;
        }
        return first;
    }

    private static @Nullable Instant last(List<TimeInterval> intervals) {
        Instant last = intervals.getFirst().to();
        for (TimeInterval interval : intervals) {
            last = last == null || interval.to() == null
                    ? null
                    : interval.to().isAfter(last) ? interval.to() : last;
        }
        return last;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null ? other : other == null || one.isAfter(other) ? one : other;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null ? other : other == null || one.isBefore(other) ? one : other;
    }
}
