package dev.migrationledger.contracts.schema;

import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live schema at one moment.
 *
 * @param form in which its definitions are written: snapshots of two forms cannot be compared
 * @param objects each name once, sorted by name
 */
public record SchemaSnapshot(int form, List<SchemaObject> objects) {

    /**
     * The form of this version. Raise it whenever the same live schema would be read as other objects or definitions, get another {@link
     * CanonicalText}, or another {@link #fingerprint}: a new agent version then never looks like a changed database.
     */
    public static final int FORM = 2;

    public static final SchemaSnapshot EMPTY = SchemaSnapshot.of(List.of());

    /** @throws IllegalArgumentException if a name is there twice */
    public SchemaSnapshot {
        objects = objects.stream().sorted(Comparator.comparing(SchemaObject::object)).toList();
        for (int i = 1; i < objects.size(); i++) {
            if (objects.get(i - 1).object().equals(objects.get(i).object())) {
                throw new IllegalArgumentException("two objects are named " + objects.get(i).object());
            }
        }
    }

    public static SchemaSnapshot of(Collection<SchemaObject> objects) {
        return new SchemaSnapshot(FORM, List.copyOf(objects));
    }

    public boolean isComparableTo(SchemaSnapshot other) {
        return form == other.form;
    }

    /** 64 hexadecimal digits, equal for two snapshots of one form if and only if (as far as SHA-256 can tell) they are equal. */
    public Fingerprint fingerprint() {
        MessageDigest digest = Sha256.digest();
        add(digest, "schema " + form);
        for (SchemaObject object : objects) {
            ObjectName name = object.object();
            add(digest, name.kind().name());
            add(digest, name.schema());
            add(digest, name.table());
            add(digest, name.name());
            add(digest, object.text());
        }
        return new Fingerprint(form, HexFormat.of().formatHex(digest.digest()));
    }

    /** With its length in front, so that no two lists of texts are the same bytes. */
    private static void add(MessageDigest digest, @Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        int length = text == null ? -1 : bytes.length;
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (length >> shift));
        }
        digest.update(bytes);
    }
}
