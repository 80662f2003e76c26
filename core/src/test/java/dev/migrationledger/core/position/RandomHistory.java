package dev.migrationledger.core.position;

import static dev.migrationledger.core.position.Scene.named;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.testsupport.schema.Sketch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A history made up from a seed, with branches, merges and dependencies, in which every applicable set can be applied in any
 * order: branches leave each other's objects alone.
 */
final class RandomHistory {

    /** What else a history may hold but plain statements. */
    enum Spice {
        NONE,
        /** Effects that may or may not have happened. */
        CONDITIONAL,
        /** Effects that the footprint does not show. */
        OPAQUE
    }

    private static final List<String> TYPES = List.of("integer", "text", "bigint", "timestamp without time zone");

    final List<Revision> revisions = new ArrayList<>();
    final Map<String, Footprint> footprints = new HashMap<>();
    final List<BitSet> above = new ArrayList<>();

    /** What each revision really did. */
    private final List<List<Change>> done = new ArrayList<>();

    private final Random random;
    private final Spice spice;
    private final Map<ObjectName, BitSet> touched = new HashMap<>();
    private final Map<ObjectName, BitSet> used = new HashMap<>();
    private final TreeSet<ObjectName> names = new TreeSet<>();
    /** What was hidden so far; nothing is hidden of the same object again. */
    private final List<Change> secret = new ArrayList<>();
    private int hidden = 0;
    private int counter = 0;

    RandomHistory(long seed, int size, Spice spice) {
        random = new Random(seed);
        this.spice = spice;
        double branching = random.nextDouble() * 0.5;
        for (int i = 0; i < size; i++) {
            add(i, branching);
        }
    }

    private void add(int i, double branching) {
        TreeSet<String> parents = new TreeSet<>();
        TreeSet<String> dependsOn = new TreeSet<>();
        if (i > 0 && random.nextInt(10) > 0) {
            parents.add("r" + (random.nextDouble() < branching ? random.nextInt(i) : i - 1));
            if (random.nextDouble() < branching * 0.5) {
                parents.add("r" + random.nextInt(i));
            }
        }
        if (i > 0 && random.nextInt(8) == 0) {
            dependsOn.add("r" + random.nextInt(i));
        }
        BitSet all = new BitSet();
        parents.forEach(parent -> all.or(above.get(Integer.parseInt(parent.substring(1)))));
        dependsOn.forEach(other -> all.or(above.get(Integer.parseInt(other.substring(1)))));
        Simulated state = at(all);
        all.set(i);
        above.add(all);
        List<Change> effects = new ArrayList<>();
        List<Change> shown = new ArrayList<>();
        List<Effect> read = new ArrayList<>();
        for (int statements = random.nextInt(4); statements > 0; statements--) {
            List<Change> statement = statement(i, state);
            boolean hide = spice == Spice.OPAQUE && hidden < 3 && random.nextInt(4) == 0 && !statement.isEmpty()
                    && statement.stream().noneMatch(
                            one -> mentions(shown, one.object()) || mentions(secret, one.object()));
            boolean maybe = spice == Spice.CONDITIONAL && random.nextInt(3) == 0;
            if (hide) {
                hidden++;
                secret.addAll(statement);
                read.add(Sketch.unread("op.execute(sql)"));
            } else {
                List<Change> seen = maybe ? statement.stream().map(Scene::sometimes).toList() : statement;
                shown.addAll(seen);
                read.addAll(seen);
            }
            if (!maybe || random.nextBoolean()) {
                statement.forEach(state::run);
                effects.addAll(statement);
            }
        }
        done.add(effects);
        revisions.add(
                new Revision("r" + i, List.copyOf(parents), List.copyOf(dependsOn), List.of(), null, "r" + i + ".py",
                        "0".repeat(64)));
        footprints.put("r" + i, new Footprint(new Effects(read), Effects.NONE));
    }

    private static boolean mentions(List<Change> effects, ObjectName object) {
        String table = object.table() == null ? object.name() : object.table();
        return effects.stream().map(Change::object).anyMatch(
                one -> one.equals(object) || one.name().equals(table) || table.equals(one.table()));
    }

    RevisionGraph graph() {
        return RevisionGraph.of(revisions);
    }

    /** The database when exactly these have run. */
    Simulated at(BitSet set) {
        Simulated state = new Simulated();
        set.stream().forEach(i -> done.get(i).forEach(state::run));
        return state;
    }

    /** All sets that a database can be at. */
    List<BitSet> sets() {
        List<BitSet> sets = new ArrayList<>();
        for (long bits = 0; bits < 1L << revisions.size(); bits++) {
            BitSet set = BitSet.valueOf(new long[]{bits});
            BitSet closed = new BitSet();
            set.stream().forEach(i -> closed.or(above.get(i)));
            if (closed.equals(set)) {
                sets.add(set);
            }
        }
        return sets;
    }

    List<String> rows(BitSet set) {
        return set.stream()
                .filter(i -> set.stream().noneMatch(other -> other != i && above.get(other).get(i)))
                .mapToObj(i -> "r" + i).sorted().toList();
    }

    /** One statement that the database would take and no other branch minds; empty: none was found. */
    private List<Change> statement(int i, Simulated state) {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> newTable(i, state);
            case 3, 4 -> newColumn(i, state);
            case 5 -> changed(i, state, ObjectKind.COLUMN, Map.of("type", type(i, state)));
            case 6 -> changed(i, state, ObjectKind.COLUMN, Map.of("nullable", String.valueOf(random.nextBoolean())));
            case 7 -> renamed(i, state, random.nextBoolean() ? ObjectKind.COLUMN : ObjectKind.TABLE);
            case 8 -> dropped(i, state, random.nextBoolean() ? ObjectKind.COLUMN : ObjectKind.TABLE);
            case 9 -> newOverColumn(i, state);
            case 10 -> dropped(i, state, random.nextBoolean() ? ObjectKind.INDEX : ObjectKind.CONSTRAINT);
            case 11 -> {
                ObjectName name = fresh(i, state, ObjectKind.ENUM, null);
                touch(name, i);
                yield List.of(Sketch.create(name, Map.of("values", "a, b")));
            }
            case 12 -> changed(i, state, ObjectKind.ENUM, Map.of("addedValue", "v" + counter++));
            default -> renamed(i, state, random.nextBoolean() ? ObjectKind.ENUM : ObjectKind.INDEX);
        };
    }

    private List<Change> newTable(int i, Simulated state) {
        ObjectName table = fresh(i, state, ObjectKind.TABLE, null);
        touch(table, i);
        List<Change> effects = new ArrayList<>(List.of(Sketch.create(table, Map.of())));
        for (int columns = 1 + random.nextInt(3); columns > 0; columns--) {
            effects.add(column(i, state, table.name(), "c" + columns));
        }
        if (random.nextBoolean()) {
            effects.add(Sketch.create(named(ObjectKind.CONSTRAINT, table.name() + ".pk"),
                    Map.of("kind", "unique", "columns", "c1")));
        }
        return effects;
    }

    private Change column(int i, Simulated state, String table, String name) {
        ObjectName column = named(ObjectKind.COLUMN, table + "." + name);
        touch(column, i);
        return Sketch.create(column, Map.of("type", type(i, state), "nullable", String.valueOf(random.nextBoolean())));
    }

    private String type(int i, Simulated state) {
        List<ObjectName> enums = state.all(ObjectKind.ENUM).stream().filter(one -> isUsable(one, i)).toList();
        if (enums.isEmpty() || random.nextInt(3) > 0) {
            return TYPES.get(random.nextInt(TYPES.size()));
        }
        ObjectName one = enums.get(random.nextInt(enums.size()));
        use(one, i);
        return one.name();
    }

    private List<Change> newColumn(int i, Simulated state) {
        ObjectName table = any(state.all(ObjectKind.TABLE).stream().filter(one -> isUsable(one, i)).toList());
        if (table == null) {
            return List.of();
        }
        use(table, i);
        ObjectName name = fresh(i, state, ObjectKind.COLUMN, table.name());
        return List.of(column(i, state, table.name(), name.name()));
    }

    private List<Change> newOverColumn(int i, Simulated state) {
        ObjectName column = any(state.all(ObjectKind.COLUMN).stream()
                .filter(one -> isUsable(one, i) && isUsable(tableOf(one), i)).toList());
        if (column == null) {
            return List.of();
        }
        use(column, i);
        use(tableOf(column), i);
        String table = String.valueOf(column.table());
        if (random.nextBoolean()) {
            ObjectName index = fresh(i, state, ObjectKind.INDEX, null);
            touch(index, i);
            return List.of(Sketch.create(index, Map.of("table", table, "columns", column.name())));
        }
        ObjectName other = any(state.all(ObjectKind.TABLE).stream().filter(one -> isUsable(one, i)).toList());
        ObjectName constraint = fresh(i, state, ObjectKind.CONSTRAINT, table);
        touch(constraint, i);
        if (other == null) {
            return List.of();
        }
        use(other, i);
        return List.of(Sketch.create(constraint,
                Map.of("kind", "foreign key", "columns", column.name(), "references", other.name())));
    }

    private List<Change> changed(int i, Simulated state, ObjectKind kind, Map<String, String> change) {
        ObjectName object = any(mine(i, state, kind));
        if (object == null) {
            return List.of();
        }
        touch(object, i);
        return List.of(Sketch.alter(object, change));
    }

    private List<Change> dropped(int i, Simulated state, ObjectKind kind) {
        ObjectName object = any(mine(i, state, kind));
        if (object == null) {
            return List.of();
        }
        touch(object, i);
        under(state, object).forEach(below -> use(below, i));
        return List.of(Sketch.drop(object));
    }

    private List<Change> renamed(int i, Simulated state, ObjectKind kind) {
        ObjectName object = any(mine(i, state, kind));
        if (object == null) {
            return List.of();
        }
        ObjectName to = fresh(i, state, kind, object.table());
        touch(object, i);
        touch(to, i);
        under(state, object).forEach(below -> use(below, i));
        return List.of(Sketch.rename(object, to));
    }

    private @Nullable ObjectName any(List<ObjectName> some) {
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    /** Those that only revisions above touch or use. */
    private List<ObjectName> mine(int i, Simulated state, ObjectKind kind) {
        return state.all(kind).stream()
                .filter(one -> isFree(one, i) && (one.table() == null || isUsable(tableOf(one), i)))
                .filter(one -> under(state, one).stream().allMatch(below -> isUsable(below, i)))
                .toList();
    }

    private static ObjectName tableOf(ObjectName part) {
        return ObjectName.table(null, String.valueOf(part.table()));
    }

    /** The table and the columns that an index or constraint is over. */
    private static List<ObjectName> under(Simulated state, ObjectName object) {
        Simulated.Thing thing = state.things.get(object);
        List<ObjectName> under = new ArrayList<>();
        if (thing != null && !thing.columns().isEmpty()) {
            under.add(ObjectName.table(null, thing.table()));
            thing.columns().forEach(column -> under.add(ObjectName.column(null, thing.table(), column)));
        }
        return under;
    }

    /** A name that is new or, now and then, was another object's. */
    private ObjectName fresh(int i, Simulated state, ObjectKind kind, @Nullable String table) {
        List<ObjectName> old = names.stream()
                .filter(one -> one.kind() == kind && Objects.equals(one.table(), table)
                        && !state.things.containsKey(one) && isFree(one, i))
                .toList();
        ObjectName name = !old.isEmpty() && random.nextInt(3) == 0
                ? old.get(random.nextInt(old.size()))
                : new ObjectName(kind, null, table, kind.name().toLowerCase(Locale.ROOT) + counter++);
        names.add(name);
        return name;
    }

    private void touch(ObjectName object, int i) {
        touched.computeIfAbsent(object, any -> new BitSet()).set(i);
        use(object, i);
        if (object.table() != null) {
            use(tableOf(object), i);
        }
    }

    private void use(ObjectName object, int i) {
        used.computeIfAbsent(object, any -> new BitSet()).set(i);
    }

    private boolean isFree(ObjectName object, int i) {
        return isWithin(used.get(object), i) && isUsable(object, i);
    }

    private boolean isUsable(ObjectName object, int i) {
        return isWithin(touched.get(object), i);
    }

    private boolean isWithin(@Nullable BitSet some, int i) {
        if (some == null) {
            return true;
        }
        BitSet outside = (BitSet) some.clone();
        outside.andNot(above.get(i));
        return outside.isEmpty();
    }
}
