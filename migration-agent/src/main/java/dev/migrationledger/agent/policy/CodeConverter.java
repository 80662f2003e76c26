package dev.migrationledger.agent.policy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A code as people write it, such as {@code schema-hole}. */
final class CodeConverter implements ITypeConverter<DivergenceCode> {

    @Override
    public DivergenceCode convert(String value) {
        return Arrays.stream(DivergenceCode.values()).filter(code -> code.code().equals(value.strip())).findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "not a code of a finding; write one such as schema-hole"));
    }
}
