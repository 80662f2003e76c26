package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Names what rules found in an environment: equal for two findings that say the same. */
final class FoundMark {

    private FoundMark() {}

    /** @param judged codes that could be judged */
    static String of(Collection<DivergenceCode> judged, List<Finding> findings) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        said.writeBytes(judged.stream().map(DivergenceCode::code).sorted().toList().toString()
                .getBytes(StandardCharsets.UTF_8));
        findings.forEach(finding -> said.writeBytes(ContractJson.write(finding)));
        return UUID.nameUUIDFromBytes(said.toByteArray()).toString();
    }
}
