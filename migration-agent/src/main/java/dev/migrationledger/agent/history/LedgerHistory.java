package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger remembers of a revision.
 *
 * @param write folder that its file goes to; absent: it is only shown
 * @param digest beginning of the one that is meant of several contents; absent: there is only one, or it does not matter
 */
record LedgerHistory(
        String ledger, String project, String revision, @Nullable Path write, @Nullable String digest) {

    int show(OutputOptions output, PrintWriter out, PrintWriter err) {
        try (LedgerClient asked = LedgerClient.at(ledger)) {
            RevisionHistory history = asked.get("/api/v1/projects/%s/history/%s".formatted(project,
                    URLEncoder.encode(revision, StandardCharsets.UTF_8).replace("+", "%20")), RevisionHistory.class);
            output.print(out, history, new LedgerHistoryText(history, Paint.forTerminal())::lines);
            if (write != null) {
                Path written = write(write, asked, chosen(history));
                err.println("Written: " + Paint.plain(written.toString()));
                err.flush();
            }
            return ExitCode.OK;
        }
    }

    private RevisionVariant chosen(RevisionHistory history) {
        List<RevisionVariant> meant = history.variants().stream()
                .filter(variant -> digest == null || variant.declared().digest().startsWith(digest))
                .toList();
        if (meant.size() != 1) {
            throw CommandFailure.usage(meant.isEmpty()
                    ? "No content of '%s' has a digest that begins with '%s'; use one of those above."
                            .formatted(revision, digest)
                    : "The file of '%s' had %d contents; choose one of those above with --digest."
                            .formatted(revision, meant.size()));
        }
        if (!meant.getFirst().fileStored()) {
            throw CommandFailure.unknown(
                    "The ledger does not have the text of this file; look for it where it was found.");
        }
        return meant.getFirst();
    }

    private Path write(Path folder, LedgerClient asked, RevisionVariant variant) {
        String file = variant.declared().file();
        String name = file.substring(file.lastIndexOf('/') + 1);
        if (MigrationTools.all().stream().noneMatch(tool -> tool.isScript(name))) {
            throw CommandFailure.unknown(
                    "The file is named '%s', which %s does not load as a script, so it was not written. Read it at the ledger's /files/%s."
                            .formatted(Paint.plain(name),
                                    ListText.or(MigrationTools.all().stream().map(MigrationTool::title)
                                            .toList()),
                                    variant.declared().digest()));
        }
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.usage("--write '%s' is not a folder; name an existing one.".formatted(folder));
        }
        byte[] content = asked.file("/api/v1/projects/%s/files/%s".formatted(project, variant.declared().digest()));
        if (!Sha256.hex(content).equals(variant.declared().digest())) {
            throw CommandFailure.unknown(
                    "The ledger sent another file than the one with digest %s, so nothing was written. Run no file that it sends, and check which server answers at %s."
                            .formatted(variant.declared().digest(), asked));
        }
        Path target = folder.resolve(name);
        try {
            return Files.write(target, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage("'%s' already exists and was not overwritten; name another folder with --write."
                    .formatted(target));
        } catch (IOException e) {
            throw CommandFailure.unknown("'%s' cannot be written: %s.".formatted(target, e.getMessage()));
        }
    }
}
