package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.watch.MigrationKind.Shape;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what agents concluded, and writes docs/evidence.md from it. */
final class EvidencePage {

    static final List<Integer> VERSIONS = List.of(15, 18);

    private final List<MigrationKind> kinds;
    private final Map<Place, Cell> cells = Collections.synchronizedMap(new LinkedHashMap<>());

    private record Place(String table, int version, boolean captured) {}

    /**
     * What an agent concludes from a command.
     *
     * @param method by which it knows that a migration ran; absent: it concludes that none did
     */
    record Conclusion(@Nullable Method method, @Nullable Certainty certainty) {
        static final Conclusion STAMPED = new Conclusion(null, null);

        boolean ran() {
            return method != null;
        }

        String words() {
            if (method == null) {
                return "no";
            }
            String name = method.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return certainty == Certainty.CERTAIN ? name : name + " (presumed)";
        }
    }

    /**
     * Four commands of one kind under one agent.
     *
     * @param ranDown absent where there is no downgrade
     */
    record Cell(Conclusion ranUp, @Nullable Conclusion ranDown, Conclusion stampedUp, Conclusion stampedDown) {}

    EvidencePage(List<MigrationKind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    void add(MigrationKind kind, int version, boolean captured, Cell cell) {
        cells.put(new Place(kind.table(), version, captured), cell);
    }

    /** Where there is something to observe, a stamp that is called a migration. Where there is nothing, certainty would be. */
    List<String> falsePositives() {
        List<String> wrong = new ArrayList<>();
        for (MigrationKind kind : kinds) {
            cells.forEach((place, cell) -> {
                if (place.table.equals(kind.table())
                        && (isWrong(kind, cell.stampedUp) || isWrong(kind, cell.stampedDown))) {
                    wrong.add("%s on %d: %s".formatted(kind.name(), place.version, cell));
                }
            });
        }
        return wrong;
    }

    private static boolean isWrong(MigrationKind kind, Conclusion stamp) {
        return stamp.ran() && !(kind.nothing() && stamp.certainty() == Certainty.PRESUMED);
    }

    String text() {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                        # What is detected

                        This page shows how well a migration is told apart from a stamp. `EvidenceMatrixTest` writes it: the test runs and stamps each kind of migration, up and down, and
                        compares this page with what agents report. *Polling* is an agent that may only read. *Capture* is an agent on a database whose owner ran `capture install`
                        (not a superuser, so without event triggers; with those, concurrent work is named as well). The numbers are versions of PostgreSQL. A cell shows the evidence by which a
                        migration that ran was detected: first for the upgrade, then for the downgrade if it differs. **no** means that the migration was
                        taken for a stamp. *Presumed* means that another explanation is possible.
                        Polling is certain only if nothing else explains what the agent saw ([ADR 17](adr/0017-certain-from-two-looks.md)).

                        """);
        page.append(summary());
        String group = "";
        for (MigrationKind kind : kinds) {
            if (!kind.group().equals(group)) {
                group = kind.group();
                page.append("\n## ").append(group).append("\n\n");
                page.append(
                        "| kind | polling, 15 | polling, 18 | capture, 15 | capture, 18 |\n|---|---|---|---|---|\n");
            }
            page.append("| ").append(kind.name());
            for (boolean captured : List.of(false, true)) {
                for (int version : VERSIONS) {
                    page.append(" | ").append(words(kind, version, captured));
                }
            }
            page.append(" |\n");
        }
        return page
                .append("""

                        **nothing** means that a kind leaves no evidence, so it looks the same whether it ran or was stamped. *Within a second*: the server counts what a session did in other transactions for about a second. A slower one is presumed
                        to be a stamp, but event triggers see it however long it takes.

                        A revision that changes nothing (`DROP TABLE IF EXISTS` of a missing table) is presumed to have been stamped. If a superuser installed capture, event triggers
                        see the attempt, and the revision is presumed to have run. [How often conclusions were wrong](benchmarks.md#faults) while agents, ledger and
                        servers were killed and paused, their disks filled and their clocks moved.
                        """)
                .toString();
    }

    private String summary() {
        StringBuilder table = new StringBuilder(
                "| | polling, 15 | polling, 18 | capture, 15 | capture, 18 |\n|---|---|---|---|---|\n");
        List<MigrationKind> some = kinds.stream().filter(kind -> !kind.nothing()).toList();
        table.append("| of %d kinds that do something, detected".formatted(some.size()));
        List<MigrationKind> alone = some.stream().filter(kind -> kind.shape() == Shape.ALONE).toList();
        each((version, captured) -> {
            long recognised = some.stream()
                    .filter(kind -> !(captured && alone.contains(kind)) && cell(kind, version, captured).ranUp.ran())
                    .count();
            table.append(" | ").append(recognised)
                    .append(captured ? ", and %d within a second".formatted(alone.size()) : "");
        });
        table.append(" |\n| with certainty");
        each((version, captured) -> table.append(" | ").append(some.stream()
                .filter(kind -> kind.shape() != Shape.ALONE
                        && cell(kind, version, captured).ranUp.certainty() == Certainty.CERTAIN)
                .count()));
        table.append(" |\n| of %d stamps, taken for a migration".formatted(some.size() * 2));
        each((version, captured) -> table.append(" | ").append(some.stream().mapToInt(kind -> {
            Cell cell = cell(kind, version, captured);
            return (cell.stampedUp.ran() ? 1 : 0) + (cell.stampedDown.ran() ? 1 : 0);
        }).sum()));
        return table.append(" |\n").toString();
    }

    private interface Column {
        void write(int version, boolean captured);
    }

    private static void each(Column column) {
        for (boolean captured : List.of(false, true)) {
            VERSIONS.forEach(version -> column.write(version, captured));
        }
    }

    private Cell cell(MigrationKind kind, int version, boolean captured) {
        return Objects.requireNonNull(cells.get(new Place(kind.table(), version, captured)), kind.name());
    }

    private String words(MigrationKind kind, int version, boolean captured) {
        Cell cell = cell(kind, version, captured);
        if (kind.nothing()) {
            return "nothing";
        }
        if (kind.shape() == Shape.ALONE && captured) {
            // How long it took decides, and no test may depend on that.
            return "trigger (presumed), within a second";
        }
        String up = bold(cell.ranUp);
        String down = cell.ranDown == null ? up : bold(cell.ranDown);
        return up.equals(down) ? up : up + ", " + down;
    }

    private static String bold(Conclusion conclusion) {
        return conclusion.ran() ? conclusion.words() : "**no**";
    }
}
