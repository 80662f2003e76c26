package dev.migrationledger.ledger.recording.view;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In which form each view is stored: {@code ledger.view_form}. */
final class ViewForms {

    private final List<View<?, ?>> views;
    private final JdbcClient database;

    /** As PostgreSQL says it of these views. */
    private final String own;

    ViewForms(List<View<?, ?>> views, JdbcClient database) {
        this.views = List.copyOf(views);
        this.own = views.stream().sorted(Comparator.comparing(View::name))
                .map(view -> view.name() + " " + view.form()).collect(Collectors.joining(","));
        this.database = database;
    }

    /** Views that are stored in another form than this ledger's, with that form; 0 where they are not stored yet. */
    Map<View<?, ?>, Integer> differing() {
        Map<String, Integer> stored = new HashMap<>();
        database.sql("select view, form from ledger.view_form").query(row -> {
            stored.put(row.getString(1), row.getInt(2));
        });
        Map<View<?, ?>, Integer> differing = new LinkedHashMap<>();
        views.stream()
                .filter(view -> stored.getOrDefault(view.name(), 0) != view.form())
                .forEach(view -> differing.put(view, stored.getOrDefault(view.name(), 0)));
        return differing;
    }

    /**
     * Only if all views are stored in this ledger's forms. In the transaction that recorded events: {@link ViewRebuild} waits for it, and what is recorded
     * afterwards sees the other forms.
     *
     * @throws OtherViewForms if another version of the ledger has rebuilt a view
     */
    void require() {
        String stored = database
                .sql("select string_agg(view || ' ' || form, ',' order by view collate \"C\") from ledger.view_form")
                .query(String.class).optional().orElse("");
        if (!stored.equals(own) && !stored.isEmpty()) {
            throw new OtherViewForms(inWords().orElse("The forms of the ledger's views were changed."));
        }
    }

    /** What another version of the ledger has stored; empty if nothing. */
    Optional<String> inWords() {
        return differing().entrySet().stream().findFirst()
                .map(one -> "The view '%s' is stored in form %d, and this ledger knows form %d. Another version of the ledger has taken over; use that one and stop this one."
                        .formatted(one.getKey().name(), one.getValue(), one.getKey().form()));
    }

    /** Whether there is anything that a view could say. */
    boolean hasEvents() {
        return database.sql("select exists (select from ledger.event)").query(Boolean.class).single();
    }

    /** All views are stored in this ledger's forms, and no others. */
    void write() {
        database.sql("delete from ledger.view_form where not view = any(?)")
                .param(views.stream().map(View::name).toArray(String[]::new)).update();
        views.forEach(view -> database.sql("insert into ledger.view_form (view, form) values (?, ?)"
                + " on conflict (view) do update set form = excluded.form").params(view.name(), view.form()).update());
    }
}
