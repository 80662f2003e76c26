package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.testsupport.schema.Sketch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What revisions do and what is in a schema, line by line; {@link Observed} describes the form. */
final class Scenery {

    private static final Pattern LINE = Pattern.compile("(\\S+) (maybe |if-there )?([-+~>!?]) (.*)");

    private final Map<String, List<Effect>> effects = new LinkedHashMap<>();
    private final List<SchemaObject> objects = new ArrayList<>();

    void footprint(String line) {
        if (line.endsWith(" nothing")) {
            of(line.substring(0, line.indexOf(' ')));
            return;
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no effect: " + line);
        }
        List<Effect> own = of(matcher.group(1));
        Condition condition = matcher.group(2) == null
                ? Condition.ALWAYS
                : matcher.group(2).startsWith("maybe") ? Condition.PERHAPS : Condition.IF_THERE;
        String rest = matcher.group(4);
        switch (matcher.group(3)) {
            case "+" -> create(own, rest, condition);
            case "-" -> drop(own, rest, condition);
            case "~" -> {
                String[] words = rest.split(" ", 3);
                own.add(effect(Action.ALTER, name(words[0], words[1], null), null, Map.of("type", words[2]),
                        condition));
            }
            case ">" -> {
                String[] words = rest.split(" ", -1);
                ObjectName name = name(words[0], words[1], null);
                own.add(effect(Action.RENAME, name,
                        new ObjectName(name.kind(), name.schema(), name.table(), words[2]), Map.of(), condition));
            }
            case "!" -> own.add(effect(Action.WRITE, ObjectName.table(null, rest), null, Map.of(), condition));
            default -> {
                String[] words = rest.split(" ", 2);
                String[] why = words[1].split(": ", 2);
                Part reason = Part.valueOf(why[1].replace('-', '_').toUpperCase(Locale.ROOT));
                own.add(new Unread(why[0], new UnknownOperation(reason), null,
                        Location.line(Integer.parseInt(words[0]))));
            }
        }
    }

    /** Each statement stands in a line of its own. */
    private static void drop(List<Effect> own, String rest, Condition condition) {
        boolean cascade = rest.endsWith(" cascade");
        String[] words = rest.replaceFirst(" cascade$", "").split(" ", 2);
        Location statement = Location.line(21 + own.size());
        for (String name : words[1].split(", ", -1)) {
            own.add(new Effect.Drop(name(words[0], name, null), cascade, condition, statement));
        }
    }

    private static void create(List<Effect> own, String rest, Condition condition) {
        String[] words = rest.split(" ", 3);
        switch (words[0]) {
            case "table" -> {
                own.add(effect(Action.CREATE, ObjectName.table(null, words[1]), null, Map.of(), condition));
                if (words.length == 3) {
                    for (String column : words[2].substring(1, words[2].length() - 1).split(", ", -1)) {
                        String[] typed = column.split(" ", 2);
                        own.add(effect(Action.CREATE, ObjectName.column(null, words[1], typed[0]), null,
                                Map.of("type", typed[1]), condition));
                    }
                }
            }
            case "column" -> own.add(effect(Action.CREATE, name(words[0], words[1], null), null,
                    Map.of("type", words[2]), condition));
            case "index" -> own.add(effect(Action.CREATE, name(words[0], words[1], null), null,
                    Map.of("table", words[2].split("\\(", -1)[0], "columns", words[2].split("[()]", -1)[1]),
                    condition));
            default -> own.add(effect(Action.CREATE, name(words[0], words[1], null), null, Map.of(), condition));
        }
    }

    /** An object of the live schema, with its definition. */
    void object(String line) {
        String[] words = line.split(" ", 3);
        String definition = words.length == 3 ? words[2] : words[0];
        if (words[0].equals("schema") || words[0].equals("function")) {
            objects.add(Sketch.live(new ObjectName(ObjectKind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                    words[0].equals("schema") ? null : "public", null, words[1]), definition));
        } else if (words[0].equals("table") && definition.startsWith("(")) {
            int dot = words[1].indexOf('.');
            String schema = dot < 0 ? "public" : words[1].substring(0, dot);
            String table = words[1].substring(dot + 1);
            objects.add(Sketch.live(ObjectName.table(schema, table), "table"));
            for (String column : definition.substring(1, definition.length() - 1).split(", ", -1)) {
                String[] typed = column.split(" ", 2);
                objects.add(Sketch.live(ObjectName.column(schema, table, typed[0]), typed[1]));
            }
        } else {
            objects.add(Sketch.live(name(words[0], words[1], "public"), definition));
        }
    }

    Map<String, Footprint> footprints() {
        Map<String, Footprint> footprints = new LinkedHashMap<>();
        effects.forEach((revision, own) -> footprints.put(revision, new Footprint(
                new Effects(own), Effects.NONE)));
        return footprints;
    }

    SchemaSnapshot snapshot() {
        return SchemaSnapshot.of(objects);
    }

    private List<Effect> of(String revision) {
        return effects.computeIfAbsent(revision, _ -> new ArrayList<>());
    }

    private static Effect effect(
            Action action, ObjectName object, @Nullable ObjectName renamedTo, Map<String, String> properties,
            Condition condition) {
        Location here = Location.line(20);
        return switch (action) {
            case CREATE -> new Effect.Create(object, Sketch.definition(object, properties), false, condition, here);
            case ALTER -> new Effect.Alter(object,
                    List.of(new Alteration.TypeChanged(properties.getOrDefault("type", ""))), condition, here);
            case RENAME -> new Effect.Rename(object, Objects.requireNonNull(renamedTo), condition, here);
            case DROP -> throw new IllegalArgumentException("drop() does that");
            case WRITE -> new Effect.Write(object, condition, here);
        };
    }

    private static ObjectName name(String kind, String dotted, @Nullable String schema) {
        int dot = dotted.indexOf('.');
        ObjectKind of = ObjectKind.valueOf(kind.toUpperCase(Locale.ROOT));
        return dot < 0
                ? new ObjectName(of, schema, null, dotted)
                : new ObjectName(of, schema, dotted.substring(0, dot), dotted.substring(dot + 1));
    }
}
