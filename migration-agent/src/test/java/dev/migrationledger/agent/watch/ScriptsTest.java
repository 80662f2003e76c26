package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.testsupport.time.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptsTest {

    @TempDir
    Path folder;

    @Test
    void a_large_folder_is_read_every_few_rounds_and_at_once_for_an_unknown_row() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            script("r" + i, i == 0 ? "None" : "'r%d'".formatted(i - 1));
        }
        ScriptsLocation location = new ScriptsLocation.Folder(folder, folder);
        Scripts scripts = new Scripts(MigrationTools.of(location), location, new MovableClock());

        script("new", "'r1999'");
        assertThat(heads(scripts, "r1999")).containsExactly("r1999");
        assertThat(heads(scripts, "r1999")).containsExactly("r1999");
        assertThat(heads(scripts, "r1999")).containsExactly("new");

        script("newer", "'new'");
        assertThat(heads(scripts, "newer")).containsExactly("newer");

        // A row that no script will ever explain is no reason to read them each round.
        assertThat(heads(scripts, "zzz")).containsExactly("newer");
        script("newest", "'newer'");
        assertThat(heads(scripts, "zzz")).containsExactly("newer");
    }

    private static List<String> heads(Scripts scripts, String row) {
        return scripts.now(List.of(row)).graph().heads();
    }

    private void script(String id, String parent) throws IOException {
        Files.writeString(folder.resolve(id + ".py"), "revision = '%s'\ndown_revision = %s\n".formatted(id, parent));
    }
}
