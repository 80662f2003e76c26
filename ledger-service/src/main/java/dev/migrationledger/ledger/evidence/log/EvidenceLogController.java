package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.log.ConsistencyProof;
import dev.migrationledger.contracts.log.InclusionProof;
import dev.migrationledger.contracts.log.LogCheckpoint;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/log")
@Tag(name = "Evidence", description = "What proves who sent events, and that no one changed them")
final class EvidenceLogController {

    private static final int MOST = 1_000;
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final EvidenceLog log;
    private final Checkpoints checkpoints;
    private final LogKey key;

    EvidenceLogController(EvidenceLog log, Checkpoints checkpoints, LogKey key) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.key = key;
    }

    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "Get the key that verifies checkpoints", description = "In the form NAME+ID+KEY that tools for C2SP signed notes take. Its last part is the key of /api/v1/public-key.")
    ResponseEntity<String> key() {
        return text(key.noteKey().verifierKey() + '\n');
    }

    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "Get the latest checkpoint", description = "The signed state of the evidence log, as C2SP tlog-checkpoint has it. Keep it where the ledger's database administrators cannot write.")
    ResponseEntity<String> checkpoint() {
        return text(checkpoints.latest()
                .orElseThrow(() -> Refusal.notFound(
                        "The ledger has no checkpoint yet. Record an event first, or POST to /api/v1/log/checkpoints."))
                .note());
    }

    @GetMapping(path = "/checkpoints", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List checkpoints", description = "The newest first. Pass the last number as `before` to get older ones.")
    List<LogCheckpoint> checkpoints(
            @Parameter(description = "Only checkpoints before this number") @RequestParam(defaultValue = "9223372036854775807") long before,
            @Parameter(description = "How many: 1 to 1000") @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("limit", "'%d' is not a valid limit; use 1 to %d.".formatted(limit, MOST));
        }
        return checkpoints.before(before, limit);
    }

    @PostMapping(path = "/checkpoints", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Sign a checkpoint now", description = "Of everything that was recorded until now. Returns the latest checkpoint if nothing was recorded since.")
    LogCheckpoint sign() {
        return log.checkpoint();
    }

    @GetMapping(path = "/proof/inclusion", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Prove that an event is in the log", description = "The proof is that of RFC 6962.")
    InclusionProof inclusion(
            @Parameter(description = "Position of the event") @RequestParam long position,
            @Parameter(description = "Size of the tree, such as that of a checkpoint. Absent: the latest checkpoint") @RequestParam(required = false) @Nullable Long size) {
        long tree = size(size, "size");
        return log.inclusion(position, tree).orElseThrow(() -> Refusal.notFound(
                "The first %d leaves of the log have no event at position %d. Use a later checkpoint, or check the position."
                        .formatted(tree, position)));
    }

    @GetMapping(path = "/proof/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Prove that the log only grew", description = "From one size to another. The proof is that of RFC 6962.")
    ConsistencyProof consistency(
            @Parameter(description = "The smaller size, such as that of a checkpoint that was kept elsewhere") @RequestParam long first,
            @Parameter(description = "The larger size. Absent: the latest checkpoint") @RequestParam(required = false) @Nullable Long second) {
        long larger = size(second, "second");
        if (first < 0 || first > larger) {
            throw Refusal.invalid("first", "'%d' is not a size from 0 to %d.".formatted(first, larger));
        }
        return log.consistency(first, larger);
    }

    private long size(@Nullable Long size, String field) {
        if (size == null) {
            return checkpoints.latest().map(LogCheckpoint::size).orElse(0L);
        }
        long now = log.size();
        if (size < 0 || size > now) {
            throw Refusal.invalid(field, "'%d' is not a size of the log; use 0 to %d.".formatted(size, now));
        }
        return size;
    }

    private static ResponseEntity<String> text(String body) {
        return ResponseEntity.ok().contentType(TEXT).body(body);
    }
}
