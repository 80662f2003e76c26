package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.view.SideView;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the views anew, one environment after the other. */
final class SchemasAnew implements SideView.Anew {

    private final SchemaViews views;
    private final Set<Name> made = new HashSet<>();
    private SchemaFold fold = new SchemaFold(SchemaView.empty("", ""));

    SchemasAnew(SchemaViews views) {
        this.views = views;
    }

    record Name(String project, String environment) {}

    @Override
    public void begin(String project, String environment) {
        made.add(new Name(project, environment));
        fold = new SchemaFold(SchemaView.empty(project, environment));
    }

    @Override
    public void add(RecordedEvent event) {
        fold.add(event);
    }

    @Override
    public boolean differs() {
        SchemaView view = fold.view();
        return !views.kept(view.project(), view.environment())
                .equals(view.told() == 0 ? Optional.empty() : Optional.of(KeptSchemaView.of(view)));
    }

    @Override
    public void write() {
        SchemaView view = fold.view();
        views.delete(view.project(), view.environment());
        if (view.told() > 0) {
            views.write(view);
        }
    }

    @Override
    public Set<String> strays(boolean write) {
        Set<String> strays = new TreeSet<>();
        for (Name name : views.names()) {
            if (!made.contains(name)) {
                strays.add(name.project + "/" + name.environment);
                if (write) {
                    views.delete(name.project, name.environment);
                }
            }
        }
        return strays;
    }
}
