package dev.migrationledger.agent.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The content of a file of a revision, worked out without running anything and written nowhere yet. */
public sealed interface ProposedFile {

    /**
     * It is known byte for byte.
     *
     * @param file relative to the folder that the history names as its source, with {@code /} between its parts
     * @param bytes never changed
     * @param notes what a person has to know, in whole sentences, such as the names of hooks that were not run; none: nothing
     */
    record Computed(String file, byte[] bytes, List<String> notes) implements ProposedFile {
        public Computed {
            bytes = bytes.clone();
            notes = List.copyOf(notes);
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Computed that && file.equals(that.file) && Arrays.equals(bytes, that.bytes)
                    && notes.equals(that.notes);
        }

        @Override
        public int hashCode() {
            return Objects.hash(file, Arrays.hashCode(bytes), notes);
        }

        @Override
        public String toString() {
            return "%s, %d bytes, %s".formatted(file, bytes.length, notes);
        }
    }

    /**
     * It cannot be known, or the tool itself would refuse.
     *
     * @param reason a whole sentence
     */
    record NotComputed(String reason) implements ProposedFile {}
}
