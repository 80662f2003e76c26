package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.core.rules.RootCause;
import dev.migrationledger.ledger.dashboard.lists.filter.ListCursor;
import dev.migrationledger.ledger.dashboard.lists.filter.ListFilter;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKey;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKeys;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.identity.ProjectScope;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Divergences that the filter box finds: of each environment those that matter most, or all, the newest first. */
@Component
class DivergencesQuery {

    /** With it, findings are listed by time; without it, open ones by environment. */
    static final String STATE = "state";

    private static final List<String> SEVERITIES = List.of("error", "warning", "info");

    static final ListKeys KEYS = new ListKeys(
            "concat_ws(' ', d.project, d.environment, d.code, d.divergence ->> 'subject', d.divergence ->> 'message')",
            Stream.concat(Stream.of(
                    ListKey.text("project", "The project.", "d.project"),
                    ListKey.text("environment", "The environment.", "d.environment", "env"),
                    ListKey.label("d.project", "d.environment"),
                    ListKey.words(STATE, "Whether it is open. With this key, the newest come first.", states()),
                    ListKey.anyWord("severity", "How bad it is.", SEVERITIES, "array[d.severity]"),
                    ListKey.anyWord("code", "Its code.",
                            Stream.of(DivergenceCode.values()).map(DivergenceCode::code).toList(),
                            "array[d.code]", "divergence"),
                    ListKey.text("subject", "The revision or object that it is about.", "d.divergence ->> 'subject'",
                            "revision", "rev"),
                    ListKey.text("id", "Its id.", "d.id::text")),
                    ListKey.times("d.first_seen", "coalesce(d.resolved_at, 'infinity')").stream()).toList());

    /** Codes between blanks, for PostgreSQL. */
    private static final String READING_ORDER = RootCause.READING_ORDER.stream().map(DivergenceCode::code)
            .collect(Collectors.joining(" "));

    private final JdbcClient database;
    private final DivergenceViews views;

    DivergencesQuery(JdbcClient database, DivergenceViews views) {
        this.database = database;
        this.views = views;
    }

    private static Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        states.put("open", "d.resolved_at is null");
        states.put("resolved", "d.resolved_at is not null");
        return states;
    }

    /**
     * An environment in which something is open.
     *
     * @param errors whether an error is among it
     */
    record Place(String project, String environment, boolean errors) {

        /** Of a page that ends with it. */
        String cursor() {
            return ListCursor.text(errors ? "error" : "warning", project, environment);
        }
    }

    /**
     * Those with errors first, then by name. What is information only is not looked for, unless the query asks for it.
     *
     * @param after the last one of the page before; absent: the first page
     */
    List<Place> places(ProjectScope scope, ListFilter filter, @Nullable ListCursor after, int limit) {
        String bad = filter.uses("severity") || filter.uses("code") || filter.uses("id")
                ? ""
                : " and d.severity <> 'info'";
        return database
                .sql("""
                        select project, environment, bool_or(severity = 'error') from ledger.divergence_view d
                        where resolved_at is null and %s%s%s
                        group by project, environment
                        having (not bool_or(severity = 'error'), project, environment) > (:afterErrors, :afterProject, :afterEnvironment)
                        order by not bool_or(severity = 'error'), project, environment limit :limit
                        """
                        .formatted(ProjectScope.IN_SCOPE, filter.condition(), bad))
                .param("projects", scope.names())
                .params(filter.parameters())
                .param("afterErrors", after != null && !after.values().getFirst().equals("error"))
                .param("afterProject", after == null ? "" : after.values().get(1))
                .param("afterEnvironment", after == null ? "" : after.values().get(2))
                .param("limit", limit)
                .query((row, _) -> new Place(row.getString(1), row.getString(2), row.getBoolean(3)))
                .list();
    }

    /**
     * What matters most in an environment.
     *
     * @param first errors first, then in the order of {@link RootCause#READING_ORDER}
     * @param all how many the query finds there
     */
    record First(List<Divergence> first, int all) {}

    /** Of each of some environments. */
    Map<Place, First> first(List<Place> places, ListFilter filter, int each) {
        Map<List<String>, List<UUID>> ids = new LinkedHashMap<>();
        Map<List<String>, Integer> all = new LinkedHashMap<>();
        database.sql(
                """
                        select project, environment, id, found from (
                            select d.project, d.environment, d.id, count(*) over (partition by d.project, d.environment)::int as found,
                                row_number() over (partition by d.project, d.environment
                                    order by array_position(array['error', 'warning', 'info'], d.severity),
                                        array_position(string_to_array(:codes, ' '), d.code), d.divergence ->> 'subject', d.id) as place
                            from ledger.divergence_view d
                            where d.resolved_at is null and (d.project, d.environment) in (
                                select * from unnest(:ofProjects::text[], :ofEnvironments::text[]))%s
                        ) as ranked where place <= :each order by place
                        """
                        .formatted(filter.condition()))
                .param("codes", READING_ORDER)
                .param("ofProjects", places.stream().map(Place::project).toArray(String[]::new))
                .param("ofEnvironments", places.stream().map(Place::environment).toArray(String[]::new))
                .params(filter.parameters())
                .param("each", each)
                .query(row -> {
                    List<String> place = List.of(row.getString(1), row.getString(2));
                    ids.computeIfAbsent(place, _ -> new ArrayList<>()).add(row.getObject(3, UUID.class));
                    all.put(place, row.getInt(4));
                });
        Map<UUID, Divergence> read = views.findAll(ids.values().stream().flatMap(List::stream).toList());
        Map<Place, First> first = new LinkedHashMap<>();
        places.forEach(it -> {
            List<String> place = List.of(it.project, it.environment);
            first.put(it, new First(of(read, ids.getOrDefault(place, List.of())), all.getOrDefault(place, 0)));
        });
        return first;
    }

    /**
     * The newest first.
     *
     * @param before the last one of the page before; absent: the first page
     */
    List<Divergence> newest(ProjectScope scope, ListFilter filter, @Nullable ListCursor before, int limit) {
        List<UUID> ids = database.sql("select id from ledger.divergence_view d where " + ProjectScope.IN_SCOPE
                + filter.condition()
                + (before == null ? "" : " and (d.first_seen, d.id) < (:beforeTime, :beforeId)")
                + " order by d.first_seen desc, d.id desc limit :limit")
                .param("projects", scope.names())
                .params(filter.parameters())
                .param("beforeTime", before == null ? null : Timestamp.from(before.instant(0)))
                .param("beforeId", before == null ? null : before.uuid(1))
                .param("limit", limit)
                .query((row, _) -> row.getObject(1, UUID.class)).list();
        return of(views.findAll(ids), ids);
    }

    /** Of a page that ends with a finding. */
    static String cursor(Divergence last) {
        return ListCursor.text(last.firstSeen(), last.id());
    }

    private static List<Divergence> of(Map<UUID, Divergence> read, List<UUID> ids) {
        return ids.stream().flatMap(id -> Stream.ofNullable(read.get(id))).toList();
    }
}
