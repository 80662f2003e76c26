package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.wire.Wire;
import dev.migrationledger.ledger.divergence.across.AcrossRules.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.UUID;

/** Names what rules across environments found in one: equal for two findings that say the same. */
final class AcrossMark {

    private AcrossMark() {}

    static String of(Verdict verdict) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        said.writeBytes(new TreeSet<>(verdict.judged()).toString().getBytes(StandardCharsets.UTF_8));
        verdict.findings().forEach(finding -> said.writeBytes(Wire.write(finding)));
        return UUID.nameUUIDFromBytes(said.toByteArray()).toString();
    }
}
