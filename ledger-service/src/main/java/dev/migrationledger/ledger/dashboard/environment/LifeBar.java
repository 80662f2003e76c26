package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.recording.store.EventTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The life of an environment as a bar: when how much of what happened, and which moment the page shows.
 *
 * @param min of the slider, in seconds since 1970
 * @param max of the slider, which is now
 * @param value of the slider
 * @param here where the shown moment is on the drawing
 * @param lanes one for each kind of thing that happened
 * @param description what the drawing shows, in words
 */
record LifeBar(
        PageTime from, PageTime to, long min, long max, long value, int here, int width, int height,
        List<Lane> lanes, String description) {

    static final int PARTS = 240;

    private static final int STEP = 4;
    private static final int WIDTH = PARTS * STEP;
    private static final int LANE = 14;
    private static final int LOWEST = 4;
    private static final int HIGHEST = 12;

    LifeBar {
        lanes = List.copyOf(lanes);
    }

    /** What happens to an environment, as far as the bar tells it apart. */
    enum Kind {
        CHANGE(1, "change of the version table", "changes of the version table"),
        FINDING(2, "event about findings", "events about findings"),
        GATE(3, "answer of the gate", "answers of the gate"),
        OTHER(4, "other event", "other events");

        private final int lane;
        private final String one;
        private final String several;

        Kind(int lane, String one, String several) {
            this.lane = lane;
            this.one = one;
            this.several = several;
        }

        private String count(int number) {
            return number == 1 ? "1 " + one : "%,d %s".formatted(number, several);
        }
    }

    /** How often something of a kind happened within a part of the bar. */
    private record Mark(Kind kind, int part, int count) {}

    /** @param name in a word, which is also a class of the style sheet */
    record Lane(String name, int y, List<Stroke> strokes) {
        Lane {
            strokes = List.copyOf(strokes);
        }

        /** All strokes as the path of a drawing. */
        public String path() {
            return strokes.stream().map(it -> "M%d %dv%d".formatted(it.x, it.y, it.height))
                    .collect(Collectors.joining());
        }
    }

    /** One upright stroke. */
    record Stroke(int x, int y, int height) {}

    /**
     * The bar of an environment.
     *
     * @param from its first event
     * @param now the end of the bar
     * @param shown the moment that the page shows
     * @param counts of its events, in {@link #PARTS} parts
     * @param cut how many of its last events were counted, where it has more; 0: all were
     */
    static LifeBar of(Instant from, Instant now, Instant shown, List<EventTimes.Count> counts, int cut) {
        List<Mark> marks = marks(counts);
        long min = from.getEpochSecond();
        long max = Math.max(now.getEpochSecond(), min + 1);
        long value = Math.clamp(shown.getEpochSecond(), min, max);
        Map<Kind, List<Stroke>> strokes = new EnumMap<>(Kind.class);
        Map<Kind, Integer> sums = new EnumMap<>(Kind.class);
        int most = marks.stream().mapToInt(Mark::count).max().orElse(1);
        for (Mark mark : marks) {
            int height = LOWEST + (int) Math.round((HIGHEST - LOWEST) * Math.log(mark.count) / Math.log(most + 1.0));
            int base = mark.kind.lane * LANE;
            strokes.computeIfAbsent(mark.kind, _ -> new ArrayList<>())
                    .add(new Stroke(mark.part * STEP, base - height, height));
            sums.merge(mark.kind, mark.count, Integer::sum);
        }
        List<Lane> lanes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            lanes.add(new Lane(kind.name().toLowerCase(Locale.ROOT), kind.lane * LANE,
                    strokes.getOrDefault(kind, List.of())));
        }
        return new LifeBar(PageTime.of(from, now), PageTime.of(now, now), min, max, value,
                (int) ((value - min) * WIDTH / (max - min)), WIDTH, Kind.values().length * LANE, lanes,
                description(sums, cut));
    }

    private static String description(Map<Kind, Integer> sums, int cut) {
        String all = sums.isEmpty()
                ? "Nothing happened."
                : ListText.and(sums.entrySet().stream().map(it -> it.getKey().count(it.getValue())).toList()) + ".";
        return cut == 0 ? all : "Of the last %,d events: %s".formatted(cut, all);
    }

    private static List<Mark> marks(List<EventTimes.Count> counts) {
        Map<Integer, Map<Kind, Integer>> parts = new TreeMap<>();
        counts.forEach(it -> parts.computeIfAbsent(it.part(), _ -> new EnumMap<>(Kind.class))
                .merge(kind(it.type()), it.events(), Integer::sum));
        List<Mark> marks = new ArrayList<>();
        parts.forEach((part, kinds) -> kinds.forEach((kind, count) -> marks.add(new Mark(kind, part, count))));
        return marks;
    }

    /** @param type as the catalogue names it, without its version */
    private static Kind kind(String type) {
        return switch (type) {
            case "agent.revision-applied", "agent.revision-reverted", "agent.revision-stamped",
                    "agent.version-table-edited" ->
                Kind.CHANGE;
            case "ledger.divergence-detected", "ledger.divergence-changed", "ledger.divergence-resolved" ->
                Kind.FINDING;
            default -> type.startsWith("ledger.deploy-") || type.startsWith("ledger.override-")
                    ? Kind.GATE
                    : Kind.OTHER;
        };
    }
}
