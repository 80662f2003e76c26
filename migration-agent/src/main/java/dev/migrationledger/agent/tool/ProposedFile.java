package dev.migrationledger.agent.tool;

import java.util.List;

/** The content of a file of a revision, worked out without running anything and written nowhere yet. */
public sealed interface ProposedFile {

    /** It is known byte for byte. */
    final class Computed implements ProposedFile {
        private final String file;
        private final byte[] bytes;
        private final List<String> notes;

        /**
         * @param file relative to the folder that the history names as its source, with {@code /} between its parts
         * @param notes what a person has to know, in whole sentences, such as the names of hooks that were not run; none: nothing
         */
        public Computed(String file, byte[] bytes, List<String> notes) {
            this.file = file;
            this.bytes = bytes.clone();
            this.notes = List.copyOf(notes);
        }

        /** Relative to the folder that the history names as its source. */
        public String file() {
            return file;
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        /** Whole sentences. */
        public List<String> notes() {
            return notes;
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
