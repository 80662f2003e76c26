package dev.migrationledger.core.upgrade;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.DropRefusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a snapshot still says for certain after the changes of an upgrade so far. */
final class Unchanged {

    private static final Set<Action> CHANGES = EnumSet.of(Action.DROP, Action.RENAME, Action.ALTER);

    private final PresentObjects present;
    private final @Nullable String defaultSchema;
    private final List<ObjectName> touched = new ArrayList<>();
    private final Set<ObjectName> gone = new HashSet<>();
    private final List<Unread> unread = new ArrayList<>();
    private boolean cascaded;
    private boolean unreadFile;

    /** @param present what is there after these changes; kept up to date by the caller */
    Unchanged(PresentObjects present, @Nullable String defaultSchema) {
        this.present = present;
        this.defaultSchema = defaultSchema;
    }

    void after(Unread place) {
        unread.add(place);
    }

    void afterUnreadFile() {
        unreadFile = true;
    }

    /** From here on the snapshot says nothing certain of the object; of any of its name, where it is not known which one is meant. */
    void after(Change effect, ObjectName object, ObjectName renamed) {
        if (effect.action() == Action.WRITE) {
            return;
        }
        cascaded |= effect instanceof Drop drop && drop.cascade();
        touched.add(object);
        touched.add(renamed);
        if (effect.action() == Action.DROP || effect.action() == Action.RENAME) {
            gone.add(object);
        }
        boolean elsewhere = effect.action() != Action.CREATE && !present.contains(object);
        if (elsewhere || effect.object().hasComputedSchema()) {
            String relation = object.table() == null ? object.nameWithoutArguments() : object.table();
            present.named(relation).filter(it -> it.table() == null).forEach(touched::add);
        }
    }

    /** Whether the object of an effect, and what it asks for, are as in the snapshot. */
    boolean holds(Change effect, ObjectName object) {
        ObjectName asked = effect.condition().object();
        return !cascaded && !unreadFile && !isTouched(object) && !effect.object().hasComputedSchema()
                && (asked == null || !isTouched(asked.resolved(defaultSchema)))
                && unread.stream().map(Unread::reach).allMatch(
                        it -> it.actions() != null && Collections.disjoint(it.actions(), CHANGES));
    }

    /** Whether what refuses a drop is still there, and as in the snapshot. */
    boolean holds(DropRefusal refusal) {
        return present.contains(refusal.dependent()) && !isTouched(refusal.dependent())
                && refusal.containers().stream().allMatch(present::contains)
                // What is made again comes without what went along.
                && Collections.disjoint(gone, refusal.containers())
                && refusal.containers().stream().filter(it -> it.kind() == ObjectKind.TABLE)
                        .noneMatch(this::isTouched);
    }

    /** Whether nothing ran before that cannot be read. */
    boolean isAllRead() {
        return !unreadFile && unread.isEmpty();
    }

    /** Whether something that cannot be read ran before and may have done it. */
    boolean isPerhapsOtherwise(Set<Action> actions, ObjectName object) {
        return unreadFile || unread.stream().anyMatch(place -> place.reach().covers(actions, object, object.table()));
    }

    private boolean isTouched(ObjectName object) {
        return touched.stream().anyMatch(it -> touches(it, object));
    }

    /** Whatever kind a script takes it for. */
    static boolean touches(ObjectName changed, ObjectName object) {
        return changed.holds(object)
                || (changed.table() == null && Objects.equals(changed.schema(), object.schema())
                        && changed.nameWithoutArguments()
                                .equals(object.table() == null ? object.nameWithoutArguments() : object.table()));
    }
}
