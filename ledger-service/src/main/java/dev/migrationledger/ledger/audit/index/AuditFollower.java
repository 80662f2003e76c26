package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRetired;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRevived;
import dev.migrationledger.contracts.event.LedgerEvent.RunProved;
import dev.migrationledger.ledger.identity.people.People;
import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.store.PositionedEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes an entry of each event, in the order of the log. How far it has come is stored with the entries, so none is missing and none is there twice. It is
 * not part of the transaction that records: recording gets no slower.
 */
public final class AuditFollower implements Automation<StreamId.Organisation> {

    /** Raise it when entries say or find something else: all are made again. */
    public static final int FORM = 3;

    private static final Logger log = LoggerFactory.getLogger(AuditFollower.class);

    /** Events of one transaction. */
    private static final int PAGE = 500;

    private final EventLog events;
    private final AuditTables tables;
    private final ContextTables context;
    private final Supplier<People> people;
    private final TransactionTemplate transaction;

    AuditFollower(
            EventLog events, AuditTables tables, ContextTables context, Supplier<People> people,
            TransactionTemplate transaction) {
        this.events = events;
        this.tables = tables;
        this.context = context;
        this.people = people;
        this.transaction = transaction;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Set<StreamId.Organisation> due() {
        int form = tables.form();
        // A newer ledger on the same database makes them in its form.
        if (form > FORM) {
            return Set.of();
        }
        return form < FORM || events.end() > tables.position() || tables.hasAgain()
                ? Set.of(new StreamId.Organisation())
                : Set.of();
    }

    @Override
    public void run(StreamId.Organisation everything) {
        run(everything, () -> false);
    }

    @Override
    public void run(StreamId.Organisation everything, BooleanSupplier stopping) {
        int form = tables.form();
        if (form < FORM) {
            log.atInfo().addKeyValue("form", FORM).addKeyValue("before", form).log("making the audit again");
            transaction.executeWithoutResult(_ -> tables.begin(FORM));
        }
        for (boolean more = true; more && !stopping.getAsBoolean() && !Thread.currentThread().isInterrupted();) {
            again(stopping);
            more = next();
        }
    }

    /** Whether there was anything. */
    private boolean next() {
        // Before the transaction: the end of the log moves when older transactions end, and this one would be among them.
        List<PositionedEvent> page = events.after(tables.position(), PAGE);
        if (page.isEmpty()) {
            return false;
        }
        transaction.executeWithoutResult(_ -> {
            // Runs first: what a run did may have been recorded before its claim.
            Set<Long> outdated = new LinkedHashSet<>();
            WatchTimes times = new WatchTimes();
            page.forEach(one -> {
                times.note(one.event());
                outdated.addAll(note(one));
            });
            context.watched(times);
            EntryContext known = new EntryContext(context);
            EntryFactory factory = factory(known);
            tables.insert(page.stream().map(one -> factory.of(one, known.labelsAfter(one.event()))).toList());
            known.write();
            tables.again(outdated);
            tables.position(page.getLast().position());
        });
        return true;
    }

    /** Makes entries again whose event was changed, or of whose run more is known. */
    private void again(BooleanSupplier stopping) {
        for (List<Long> positions = tables.again(PAGE); !positions.isEmpty()
                && !stopping.getAsBoolean(); positions = tables.again(PAGE)) {
            List<Long> now = positions;
            List<PositionedEvent> changed = now.stream()
                    .flatMap(position -> events.after(position - 1, 1).stream()
                            .filter(event -> event.position() == position))
                    .toList();
            transaction.executeWithoutResult(_ -> {
                EntryFactory factory = factory(new EntryContext(context));
                tables.replace(changed.stream().map(one -> factory.of(one, tables.labels(one.position()))).toList());
                tables.done(now);
            });
        }
    }

    private EntryFactory factory(EntryContext known) {
        People now = people.get();
        return new EntryFactory(known, id -> names(now, id));
    }

    private static List<String> names(People people, String id) {
        List<String> names = new ArrayList<>();
        if (id.equals(People.LOCAL)) {
            names.add("local administrator");
        }
        People.Known known = people.known(id);
        People.SignIn signIn = known.signIn();
        if (signIn != null && signIn.name() != null) {
            names.add(signIn.name());
        }
        names.addAll(known.addresses());
        return names;
    }

    /**
     * Keeps what other entries need.
     *
     * @return positions of entries that were made before this was known
     */
    private List<Long> note(PositionedEvent one) {
        RecordedEvent recorded = one.event();
        if (recorded.project() == null || recorded.environment() == null) {
            return List.of();
        }
        StreamId.Environment target = StreamId.of(recorded.project(), recorded.environment());
        if (recorded.event() instanceof RunStarted started) {
            context.claim(target, started.run(), started.claim());
            return tables.ofRun(target.project(), target.environment(), started.run());
        }
        if (recorded.event() instanceof RunProved proved) {
            context.proved(target, proved.run(), proved.pipeline().name());
            return tables.ofRun(target.project(), target.environment(), proved.run());
        }
        if (recorded.event() instanceof ObservationGap gap) {
            context.gap(one.position(), target, recorded.origin() == null ? "unknown" : recorded.origin().agent(), gap);
        }
        if (recorded.event() instanceof EnvironmentRetired) {
            context.retired(target, recorded.recordedAt());
        }
        if (recorded.event() instanceof EnvironmentRevived revived) {
            context.revived(one.position(), target, revived.agent(), recorded.recordedAt());
        }
        return List.of();
    }
}
