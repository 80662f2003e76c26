package dev.migrationledger.ledger.recording.view;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rebuilds views that an older ledger stored in another form, before anybody is answered. */
public final class OutdatedViewRebuild {

    private static final Logger log = LoggerFactory.getLogger(OutdatedViewRebuild.class);

    private final ViewForms forms;
    private final ViewRebuild rebuild;

    OutdatedViewRebuild(ViewForms forms, ViewRebuild rebuild) {
        this.forms = forms;
        this.rebuild = rebuild;
    }

    /**
     * Rebuilds them.
     *
     * @throws StartupFailure if a newer ledger stored them
     */
    public void ensure() {
        Map<View<?, ?>, Integer> differing = forms.differing();
        differing.forEach((view, form) -> {
            if (form > view.form()) {
                throw new StartupFailure(
                        "A newer ledger stored the view '%s' in form %d; this one knows form %d."
                                .formatted(view.name(), form, view.form()),
                        "Start the newer version, or run rebuild-views with this one.");
            }
        });
        if (!forms.hasEvents()) {
            forms.write();
        } else if (!differing.isEmpty()) {
            log.atInfo().addKeyValue("views", differing.keySet().stream().map(View::name).toList())
                    .log("rebuilding views");
            ViewRebuild.Outcome outcome = rebuild.rebuild();
            log.atInfo()
                    .addKeyValue("environments", outcome.environments())
                    .addKeyValue("events", outcome.events())
                    .log("views rebuilt");
        }
    }
}
