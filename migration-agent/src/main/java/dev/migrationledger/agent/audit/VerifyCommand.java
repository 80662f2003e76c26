package dev.migrationledger.agent.audit;

import dev.migrationledger.agent.audit.Verification.KeptCheck;
import dev.migrationledger.agent.audit.Verification.LineProblem;
import dev.migrationledger.agent.audit.Verification.SignatureCheck;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.contracts.log.ConsistencyProof;
import dev.migrationledger.contracts.log.ExportProof;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import dev.migrationledger.core.checkpoint.Checkpoint;
import dev.migrationledger.core.checkpoint.NoteKey;
import dev.migrationledger.core.checkpoint.SignedNote;
import dev.migrationledger.core.export.ExportVerifier;
import dev.migrationledger.core.merkle.MerkleProofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit verify}. */
@Command(name = "verify", description = "Checks an export against a signed checkpoint. Asks no ledger and trusts none.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Every line is an event of the log that the key or the kept checkpoint confirms.",
    "1:A line, the signature or the kept checkpoint does not match.",
    "2:Wrong usage, or the file is not an export with proofs.",
    "3:The lines match, but neither a key nor a kept checkpoint confirms them."})
final class VerifyCommand implements Callable<Integer> {

    private static final int MOST_SHOWN = 20;

    /** The key with its name; otherwise it is the key alone, which begins with {@code MCow} and has no such part. */
    private static final Pattern VERIFIER_KEY = Pattern.compile("[^+]+\\+[0-9a-f]{8}\\+.+");

    @Parameters(index = "0", paramLabel = "FILE", description = "The NDJSON export.")
    private Path file = Path.of("");

    @Option(names = "--key", paramLabel = "KEY", description = "The ledger's key as /api/v1/log/key or /api/v1/public-key shows it. Without it, MIGRATION_LEDGER_PUBLIC_KEY counts.")
    private String key = System.getenv().getOrDefault("MIGRATION_LEDGER_PUBLIC_KEY", "");

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "A checkpoint of the same ledger that was kept elsewhere.")
    private @Nullable Path checkpoint;

    @Option(names = "--proof", paramLabel = "FILE", description = "The answer of /api/v1/log/proof/consistency, if the kept checkpoint has another size than that of the export.")
    private @Nullable Path proof;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        ExportFile export = new ExportFile(file);
        ExportProof manifest = export.proof();
        ExportVerifier verifier = verifier(manifest);
        NoteKey given = key(verifier.checkpoint().origin());
        export.verify(verifier);
        Verification answer = answer(verifier, signature(manifest.checkpoint(), given),
                kept(verifier.checkpoint(), given));
        output.print(spec.commandLine().getOut(), answer, () -> new VerificationText(answer, file).lines());
        return answer.differs() ? ExitCode.FINDINGS : answer.verified() ? ExitCode.OK : ExitCode.UNKNOWN;
    }

    private ExportVerifier verifier(ExportProof manifest) {
        try {
            return new ExportVerifier(manifest);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("The checkpoint in the manifest of '%s' cannot be read: %s."
                    .formatted(file, e.getMessage()));
        }
    }

    private @Nullable NoteKey key(String origin) {
        String text = key.strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            return VERIFIER_KEY.matcher(text).matches() ? NoteKey.parse(text) : NoteKey.of(origin, text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--key: %s. Use the line that /api/v1/log/key shows.".formatted(e.getMessage()));
        }
    }

    private static SignatureCheck signature(String note, @Nullable NoteKey given) {
        return given == null
                ? SignatureCheck.NO_KEY
                : SignedNote.parse(note).signedBy(given) ? SignatureCheck.VALID : SignatureCheck.WRONG;
    }

    private @Nullable KeptCheck kept(Checkpoint exported, @Nullable NoteKey given) {
        if (checkpoint == null) {
            return null;
        }
        Checkpoint kept;
        try {
            SignedNote note = SignedNote.parse(read(checkpoint));
            if (given != null && !note.signedBy(given)) {
                return KeptCheck.CONTRADICTS;
            }
            kept = Checkpoint.parse(note.text());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("'%s' is not a checkpoint: %s.".formatted(checkpoint, e.getMessage()));
        }
        if (kept.size() == exported.size()) {
            return kept.root().equals(exported.root()) ? KeptCheck.CONSISTENT : KeptCheck.CONTRADICTS;
        }
        if (proof == null) {
            return KeptCheck.NO_PROOF;
        }
        boolean older = kept.size() < exported.size();
        return extend(older ? kept : exported, older ? exported : kept, consistency(proof));
    }

    /** The proof counts only for the roots that the two checkpoints have. */
    private static KeptCheck extend(Checkpoint first, Checkpoint second, ConsistencyProof proof) {
        return first.size() == proof.first() && second.size() == proof.second()
                && MerkleProofs.extend(first.size(), first.root(), second.size(), second.root(),
                        proof.proof().stream().map(LogHash::parse).toList())
                                ? KeptCheck.CONSISTENT
                                : KeptCheck.CONTRADICTS;
    }

    private static ConsistencyProof consistency(Path path) {
        try {
            return ContractJson.read(Files.readAllBytes(path), ConsistencyProof.class);
        } catch (IOException | WireException e) {
            throw CommandFailure.usage("'%s' is not the answer of /api/v1/log/proof/consistency: %s".formatted(path,
                    e.getMessage()));
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw CommandFailure.usage("Cannot read '%s': %s".formatted(path, e.getMessage()));
        }
    }

    private static Verification answer(
            ExportVerifier verifier, SignatureCheck signature, @Nullable KeptCheck kept) {
        Checkpoint at = verifier.checkpoint();
        List<LineProblem> problems = verifier.problems().stream().limit(MOST_SHOWN)
                .map(problem -> new LineProblem(problem.line(), ProblemText.sentence(problem))).toList();
        boolean trusted = (signature == SignatureCheck.VALID && kept == null) || kept == KeptCheck.CONSISTENT;
        return new Verification(
                trusted && verifier.problemCount() == 0 && signature != SignatureCheck.WRONG, verifier.lines(),
                at.origin(), at.size(), at.root().base64(), at.size() - verifier.lines(), verifier.withdrawn(),
                signature, kept, verifier.problemCount(), problems);
    }
}
