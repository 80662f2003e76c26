package dev.migrationledger.contracts.wire;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.event.RevisionFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * How long each text, list and map of an event may be. Read as a stream, before any record is made of it: a small compressed body
 * may hold millions of values. {@link EventTruncation} brings what an agent observed within the bounds; the ledger refuses the rest.
 *
 * <p>What is not named here has the bound of any other text or list. What another version adds is bounded likewise.
 */
public final class SizeLimits {

    /** Characters (UTF-16) of an id, a name or a digest. */
    public static final int NAME = 1_000;

    /** Of a path. */
    public static final int PATH = 4_096;

    /** Of a sentence, a statement, an expression. */
    public static final int TEXT = 10_000;

    /** Of a script, and of what scripts and catalogs say of one object. */
    public static final int CONTENT = RevisionFile.MAX_BYTES;

    /** Elements of a list that people read, entries of a map. */
    public static final int FEW = 1_000;

    /** Elements of any other list. */
    public static final int MANY = 20_000;

    /**
     * JSON values and names of one body. Each takes some fifty bytes of memory however short it is written. A history of 10,000
     * revisions has about 200,000.
     */
    public static final int VALUES = 500_000;

    private static final Set<String> NAMES = Set.of(
            "eventId", "project", "environment", "agent", "epoch", "type", "agentVersion", "tool", "mode", "labels",
            "revision", "revisions", "replaced", "parents", "dependsOn", "heads", "realHeads", "rows", "before",
            "after",
            "digest", "base", "fingerprint", "kind", "user", "applicationName", "clientAddress", "transaction", "host",
            "commit", "image", "defaultSchema", "ci", "program", "section", "option", "parent", "dependency", "label");

    private static final Set<String> PATHS = Set.of("file", "folder", "others", "source", "removed", "config",
            "workingFolder");

    private static final Set<String> SHORT_LISTS = Set.of(
            "labels", "ci", "revisions", "replaced", "parents", "dependsOn", "heads", "realHeads", "rows", "before",
            "after", "command", "config", "arguments");

    /** Their fields are named by people. */
    private static final Set<String> MAPS = Set.of("labels", "ci");

    /** All that is inside may be as long as a script. */
    private static final Set<String> CONTENTS = Set.of("text", "definition", "footprint");

    private static final JsonFactory READING = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(ContractJson.MAX_DEPTH)
                    .maxNumberLength(EventBatch.MAX_BYTES)
                    .maxNameLength(EventBatch.MAX_BYTES)
                    .maxStringLength(EventBatch.MAX_BYTES)
                    .build())
            .build();

    private SizeLimits() {}

    /**
     * Something that is longer than it may be.
     *
     * @param field its path, such as {@code events[3].event.table.rows}
     * @param unit what is counted: {@code characters}, {@code elements}, {@code entries} or {@code values}
     */
    public record Excess(@Nullable String field, long actual, int bound, String unit) {

        public String inWords() {
            return "%s has %,d %s; use at most %,d".formatted(
                    field == null ? "the body" : field, actual, unit, bound);
        }
    }

    /**
     * Refuses what goes beyond.
     *
     * @throws WireException of the kind {@code OUT_OF_BOUNDS}, naming field, size and bound
     */
    public static void check(byte[] json) {
        excess(json).ifPresent(excess -> {
            throw new WireException(WireException.Kind.OUT_OF_BOUNDS, excess.field(), excess.inWords(), null);
        });
    }

    /** The first thing that is too long; empty also where the bytes are no JSON, which is for the reader to say. */
    public static Optional<Excess> excess(byte[] json) {
        try (JsonParser parser = READING.createParser(new tools.jackson.core.ObjectReadContext.Base(), json)) {
            return new Scan(parser).first();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** @param property that the value stands in; of an element, that of its list */
    static int characters(String property, boolean content) {
        if (content || CONTENTS.contains(property)) {
            return CONTENT;
        }
        return NAMES.contains(property) ? NAME : PATHS.contains(property) ? PATH : TEXT;
    }

    static int elements(String property, boolean content) {
        return content || !SHORT_LISTS.contains(property) ? MANY : FEW;
    }

    static boolean isMap(String property) {
        return MAPS.contains(property);
    }

    static boolean isContent(String property) {
        return CONTENTS.contains(property);
    }

    /** An object or a list that is open. */
    private static final class Frame {
        final String property;
        final boolean list;
        final boolean content;
        int count;
        String field = "";

        Frame(String property, boolean list, boolean content) {
            this.property = property;
            this.list = list;
            this.content = content;
        }

        /** The property that bounds what stands here next. */
        String next() {
            return list || isMap(property) ? property : field;
        }
    }

    private static final class Scan {
        private final JsonParser parser;
        private final Deque<Frame> open = new ArrayDeque<>();
        private long values;

        Scan(JsonParser parser) {
            this.parser = parser;
        }

        Optional<Excess> first() {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                Excess excess = switch (token) {
                    case START_OBJECT -> opened(false);
                    case START_ARRAY -> opened(true);
                    case END_OBJECT, END_ARRAY -> closed();
                    case PROPERTY_NAME -> named(parser.currentName());
                    case VALUE_STRING -> string();
                    default -> value();
                };
                if (excess != null) {
                    return Optional.of(excess);
                }
                if (values > VALUES) {
                    return Optional.of(new Excess(null, values, VALUES, "values"));
                }
            }
            return Optional.empty();
        }

        private @Nullable Excess value() {
            values++;
            Frame in = open.peek();
            if (in != null && in.list) {
                in.count++;
            }
            return null;
        }

        private @Nullable Excess opened(boolean list) {
            value();
            Frame in = open.peek();
            String property = in == null ? "" : in.next();
            open.push(new Frame(property, list, (in != null && in.content) || isContent(property)));
            return null;
        }

        private @Nullable Excess closed() {
            Frame done = open.pop();
            int bound = done.list || isMap(done.property) ? elements(done.property, done.content) : MANY;
            return done.count <= bound
                    ? null
                    : new Excess(path(), done.count, bound, done.list ? "elements" : "entries");
        }

        private @Nullable Excess named(String name) {
            Frame in = open.getFirst();
            in.count++;
            values++;
            in.field = name;
            return name.length() <= NAME ? null : new Excess(path(), name.length(), NAME, "characters in its name");
        }

        private @Nullable Excess string() {
            value();
            Frame in = open.peek();
            String property = in == null ? "" : in.next();
            int bound = characters(property, in != null && in.content);
            int actual = parser.getStringLength();
            return actual <= bound ? null : new Excess(path(), actual, bound, "characters");
        }

        /** Of the value that was read last. */
        private @Nullable String path() {
            StringBuilder path = new StringBuilder();
            open.descendingIterator().forEachRemaining(frame -> {
                if (frame.list) {
                    path.append('[').append(Math.max(0, frame.count - 1)).append(']');
                } else if (!frame.field.isEmpty()) {
                    path.append(path.isEmpty() ? "" : ".").append(InvalidValueException.quoted(frame.field));
                }
            });
            return path.isEmpty() ? null : path.toString();
        }
    }
}
