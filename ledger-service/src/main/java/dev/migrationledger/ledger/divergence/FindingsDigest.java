package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Names what rules found in an environment: equal for two findings that say the same. */
final class FindingsDigest {

    /** Of environments where nothing was found, which are most of them, by what could be evaluated. */
    private static final Map<Set<DivergenceCode>, String> OF_NOTHING = new ConcurrentHashMap<>();

    private FindingsDigest() {}

    /** @param evaluated codes that could be evaluated */
    static String of(Set<DivergenceCode> evaluated, List<Finding> findings) {
        return findings.isEmpty()
                ? OF_NOTHING.computeIfAbsent(Set.copyOf(evaluated), it -> named(it, findings))
                : named(evaluated, findings);
    }

    private static String named(Collection<DivergenceCode> evaluated, List<Finding> findings) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(evaluated.stream().map(DivergenceCode::code).sorted().toList().toString()
                .getBytes(StandardCharsets.UTF_8));
        findings.forEach(finding -> content.writeBytes(ContractJson.write(finding)));
        return UUID.nameUUIDFromBytes(content.toByteArray()).toString();
    }
}
