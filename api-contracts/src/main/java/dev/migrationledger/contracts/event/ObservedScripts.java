package dev.migrationledger.contracts.event;

import java.util.List;

/**
 * Names scripts without saying what is in them.
 *
 * @param source where they were read, as the operator names it
 * @param form in which they were read
 * @param digest of the whole scan; equal for equal scripts read in the same form
 * @param heads revisions that no other follows
 */
public record ObservedScripts(String source, int form, String digest, List<String> heads) {
    public ObservedScripts {
        heads = List.copyOf(heads);
    }
}
