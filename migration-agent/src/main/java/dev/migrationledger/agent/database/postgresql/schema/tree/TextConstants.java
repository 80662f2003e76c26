package dev.migrationledger.agent.database.postgresql.schema.tree;

import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Bytes;
import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Items;
import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Struct;
import dev.migrationledger.agent.database.postgresql.schema.tree.TreeReader.Unreadable;
import dev.migrationledger.contracts.schema.QueryLiterals;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The constants of a query that are texts or labels of enums. PostgreSQL stores a query unevaluated, so these are the literals of the statement
 * that created the view, and few others (the field of {@code EXTRACT}).
 */
public final class TextConstants {

    private static final int NAME = 19;
    private static final int TEXT = 25;
    private static final int UNKNOWN = 705;
    private static final int CHARACTER = 1042;
    private static final int VARCHAR = 1043;

    /** Types whose literals do not begin as a word does, a few special words apart: numbers, truth values, JSON, intervals, arrays of texts and numbers. */
    private static final Set<Integer> NO_WORDS = Set.of(
            16, 20, 21, 23, 114, 199, 700, 701, 1005, 1007, 1009, 1015, 1016, 1186, 1700, 3802, 3807);

    /** Before the value of every type of no fixed length. */
    private static final int HEADER = 4;

    /** The first OID of a type that a user created. The types below are the server's own, and none of them is an enum. */
    private static final long FIRST_OF_USERS = 16384;

    private static final int LABEL = 4;

    private final ObjectIdNames names;
    private final Set<String> texts = new HashSet<>();
    private final Set<String> labels = new HashSet<>();
    private boolean open;

    private TextConstants(ObjectIdNames names) {
        this.names = names;
    }

    /**
     * Of a query, or a list of them.
     *
     * @return absent: the tree cannot be read
     */
    public static @Nullable QueryLiterals of(String tree, ObjectIdNames names) {
        TextConstants constants = new TextConstants(names);
        try {
            constants.read(TreeReader.read(tree));
        } catch (Unreadable | IndexOutOfBoundsException notAsExpected) {
            return null;
        }
        return QueryLiterals.of(constants.texts, constants.labels, constants.open ? true : null);
    }

    private void read(Node root) {
        Deque<Node> next = new ArrayDeque<>(List.of(root));
        while (!next.isEmpty()) {
            switch (next.pop()) {
                case Struct struct when Fields.today(struct.tag()).equals("CONST") -> constant(struct);
                case Struct struct -> next.addAll(struct.fields().values());
                case Items items -> next.addAll(items.items());
                case Node.Word _,Bytes _ -> {
                    // Holds no constant.
                }
            }
        }
    }

    private void constant(Struct constant) {
        if (!(constant.get("constvalue") instanceof Bytes value)) {
            return;
        }
        byte[] bytes = value.toArray();
        long type = constant.number("consttype");
        switch ((int) type) {
            case TEXT, CHARACTER, VARCHAR -> QueryLiterals.add(texts, new String(
                    Arrays.copyOfRange(bytes, HEADER, bytes.length), StandardCharsets.UTF_8));
            case NAME, UNKNOWN -> QueryLiterals.add(texts, new String(bytes, StandardCharsets.UTF_8).replace("\0", ""));
            default -> other(type, constant, bytes);
        }
    }

    private void other(long type, Struct constant, byte[] bytes) {
        boolean label = type >= FIRST_OF_USERS && constant.flag("constbyval") && constant.number("constlen") == LABEL;
        String name = label
                ? names.enumLabel(Integer.toUnsignedLong(
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0)))
                : null;
        if (name != null) {
            QueryLiterals.add(labels, name);
        } else {
            open |= !NO_WORDS.contains((int) type);
        }
    }
}
