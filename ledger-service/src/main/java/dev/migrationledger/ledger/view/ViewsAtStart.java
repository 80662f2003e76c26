package dev.migrationledger.ledger.view;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes every view from the events where there are events and no view at all: after an update that keeps views in another form,
 * whose Flyway script empties them. Nobody is answered before.
 */
final class ViewsAtStart {

    private static final Logger log = LoggerFactory.getLogger(ViewsAtStart.class);

    ViewsAtStart(JdbcClient database, ViewRebuild rebuild) {
        boolean lacking = database.sql("select exists (select from ledger.event)"
                + " and not exists (select from ledger.environment_view)")
                .query(Boolean.class)
                .single();
        if (lacking) {
            log.info("making every view from the events");
            ViewRebuild.Outcome outcome = rebuild.rebuild();
            log.atInfo()
                    .addKeyValue("environments", outcome.environments())
                    .addKeyValue("events", outcome.events())
                    .log("views made");
        }
    }
}
