package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.PolicyMistake;
import dev.migrationledger.contracts.policy.PolicyRefusal;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.policy.file.PolicyFile;
import dev.migrationledger.ledger.policy.file.PolicyFile.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The file of a policy, as someone sent it.
 *
 * @param text of the file
 * @param policy absent where it has mistakes
 */
public record PolicyUpload(String text, @Nullable Policy policy, List<PolicyMistake> mistakes) {

    /** What the file is sent as. */
    public static final String YAML = "application/yaml";

    public PolicyUpload {
        mistakes = List.copyOf(mistakes);
    }

    public static PolicyUpload of(byte[] file) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        } catch (CharacterCodingException e) {
            return new PolicyUpload("", null,
                    List.of(new PolicyMistake(1, 1, "the file is not UTF-8; save it as UTF-8")));
        }
        List<PolicyMistake> secrets = secrets(text.lines().toList());
        if (!secrets.isEmpty()) {
            return new PolicyUpload("", null, secrets);
        }
        Reading reading = PolicyFile.read(text);
        return new PolicyUpload(text, reading.policy(), reading.mistakes());
    }

    /** A secret would be recorded for good, so that a file with one is not even read. */
    private static List<PolicyMistake> secrets(List<String> lines) {
        return IntStream.range(0, lines.size())
                .filter(i -> !Redaction.of(lines.get(i)).equals(lines.get(i)))
                .mapToObj(i -> new PolicyMistake(i + 1, 1, "this line has a password or a token; remove it"))
                .toList();
    }

    /** As a browser sends it, with its line ends. */
    public static PolicyUpload typed(String text) {
        return of(text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to a file with mistakes. */
    public ResponseEntity<PolicyRefusal> refused() {
        String detail = "The policy has %s; nothing was changed. The first is in %s.".formatted(
                Count.of(mistakes.size(), "mistake"), mistakes.getFirst().words());
        HttpStatus status = HttpStatus.UNPROCESSABLE_CONTENT;
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(new PolicyRefusal("about:blank", status.getReasonPhrase(), status.value(), detail,
                        PolicyRefusal.CODE, mistakes));
    }
}
