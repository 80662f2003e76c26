package dev.migrationledger.ledger.recording.view;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In which form each view is stored: {@code ledger.view_form}. */
final class ViewForms {

    private final List<View<?, ?>> views;
    private final JdbcClient database;

    ViewForms(List<View<?, ?>> views, JdbcClient database) {
        this.views = List.copyOf(views);
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

    /** Whether there is anything that a view could say. */
    boolean hasEvents() {
        return database.sql("select exists (select from ledger.event)").query(Boolean.class).single();
    }

    /** All views are stored in this ledger's forms. */
    void write() {
        views.forEach(view -> database.sql("insert into ledger.view_form (view, form) values (?, ?)"
                + " on conflict (view) do update set form = excluded.form").params(view.name(), view.form()).update());
    }
}
