package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.database.postgresql.Look;
import dev.migrationledger.agent.database.postgresql.VersionRow;
import dev.migrationledger.agent.database.postgresql.capture.Captured;
import dev.migrationledger.agent.database.postgresql.capture.CapturedChange;
import dev.migrationledger.agent.spool.Fact;
import dev.migrationledger.agent.witness.Account;
import dev.migrationledger.agent.witness.Known;
import dev.migrationledger.agent.witness.Passage;
import dev.migrationledger.agent.witness.Passage.Deed;
import dev.migrationledger.agent.witness.Passage.Unseen;
import dev.migrationledger.agent.witness.Rows;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.VersionTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the way from one look to the next: exactly where it was captured, and by inference where it was not. After
 * each captured transaction the table is told as that left it, so that a state between the looks is right as well.
 *
 * @param table as it was told last; absent where it was not told
 * @param capture what to remember; absent where nothing is captured
 * @param complete whether capture saw everything since the look before
 */
record Testimony(
        List<Fact> facts, @Nullable VersionTable table, @Nullable CaptureRead capture, boolean complete) {
    Testimony {
        facts = List.copyOf(facts);
    }

    /**
     * Takes a look's testimony.
     *
     * @param last the look before; absent where there is none that can be compared
     * @param read up to where captured changes were made events
     * @param schema what the look says about the schema
     * @param window in which everything happened that is not dated
     */
    static Testimony of(
            @Nullable LastLook last, @Nullable CaptureRead read, Look look, SchemaNews schema, Scripts.Reading scripts,
            Occurrence window, Instant now) {
        Seen seen = new Seen(look.table(), look.rows());
        Traces traces = new Traces(look.traces(), schema.changed(), look.searched(), schema.touched(),
                schema.difference());
        if (look.captured() instanceof Captured.Read captured) {
            return new Hearing(last, look, seen, scripts, traces, window, now).of(captured, read);
        }
        List<Step> steps = last == null
                ? Steps.atFirst(seen, traces)
                : Steps.between(last.seen(), seen, scripts.graph(), scripts.footprints(), traces);
        return new Testimony(dated(steps, window, now), null, null, false);
    }

    private static List<Fact> dated(List<Step> steps, Occurrence window, Instant now) {
        return steps.stream().map(step -> {
            Instant committed = step.committedAt();
            return new Fact(step.event(), committed == null ? window : Occurrence.exactly(committed), now);
        }).toList();
    }

    private record Hearing(
            @Nullable LastLook last,
            Look look,
            Seen seen,
            Scripts.Reading scripts,
            Traces traces,
            Occurrence window,
            Instant now) {

        Testimony of(Captured.Read captured, @Nullable CaptureRead read) {
            List<CapturedChange> changes = new ArrayList<>(last == null || read == null ? List.of() : read.unclaimed());
            captured.transactions().forEach(transaction -> changes.addAll(transaction.changes()));
            Account account = Account.of(
                    last == null ? null : Rows.of(last.seen().table()), changes, Rows.of(look.table()),
                    new Known(scripts.graph(), scripts.footprints(), look.table().name(),
                            captured.eventTriggers()));
            List<Fact> facts = new ArrayList<>(last == null ? untouched(changes) : List.of());
            VersionTable told = null;
            Map<String, Instant> commits = commits();
            List<Passage> passages = account.passages();
            for (int i = 0; i < passages.size(); i++) {
                switch (passages.get(i)) {
                    case Deed deed -> {
                        Occurrence when = Occurrence.exactly(commits.getOrDefault(shortened(deed), deed.at()));
                        facts.add(new Fact(deed.event(), when, now));
                        if (i + 1 == passages.size() || !(passages.get(i + 1) instanceof Deed next)
                                || !next.transaction().equals(deed.transaction())) {
                            told = deed.left().as(look.table().name()).besides(look.table().written());
                            facts.add(new Fact(new VersionTableObserved(told), when, now));
                        }
                    }
                    case Unseen unseen -> facts.addAll(dated(
                            Steps.between(seen(unseen.before()), seen(unseen.after()), scripts.graph(),
                                    scripts.footprints(), traces),
                            window, now));
                }
            }
            CaptureRead next = new CaptureRead(captured.cursor(), captured.coverage(), account.unclaimed());
            boolean complete = last != null && read != null && read.coverage() != null
                    && read.coverage().equals(captured.coverage())
                    && passages.stream().noneMatch(Unseen.class::isInstance);
            return new Testimony(facts, told, next, complete);
        }

        /** At a first look, the rows that no captured change wrote are judged by themselves. */
        private List<Fact> untouched(List<CapturedChange> changes) {
            Set<String> written = changes.stream()
                    .map(CapturedChange::after)
                    .map(String::valueOf)
                    .collect(Collectors.toSet());
            List<VersionRow> rest = look.rows().stream().filter(row -> !written.contains(row.version())).toList();
            return dated(Steps.atFirst(seen(new Rows(false, rest.stream().map(VersionRow::version).toList())), traces),
                    window, now);
        }

        /** Rows with their writers as far as one of the two looks saw them. */
        private Seen seen(Rows rows) {
            Map<String, VersionRow> writers = new HashMap<>();
            if (last != null) {
                last.seen().rows().forEach(row -> writers.put(row.version(), row));
            }
            look.rows().forEach(row -> writers.put(row.version(), row));
            return new Seen(rows.as(look.table().name()), rows.versions().stream()
                    .map(version -> writers.getOrDefault(version, new VersionRow(version, "", null)))
                    .toList());
        }

        /** When transactions committed whose rows are still there, where the server tracks it. */
        private Map<String, Instant> commits() {
            Map<String, Instant> commits = new HashMap<>();
            look.rows().forEach(row -> {
                Instant committed = row.committedAt();
                if (committed != null) {
                    commits.put(row.transaction(), committed);
                }
            });
            return commits;
        }

        /** A row knows the last 32 bits of its transaction's number. */
        private static String shortened(Deed deed) {
            return Long.toString(Long.parseUnsignedLong(deed.transaction()) & 0xFFFF_FFFFL);
        }
    }
}
