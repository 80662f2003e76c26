package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Generated projects before a real Alembic, which runs the scripts, and before ours, which does not. */
class AlembicItselfTest {

    private static final int PROJECTS = 40;

    @TempDir
    Path folder;

    @Test
    void scripts_are_worth_what_alembic_makes_of_them() throws IOException {
        Python python = Python.importing("alembic");
        Map<String, History> ours = new HashMap<>();
        for (int seed = 0; seed < PROJECTS; seed++) {
            Path project = Files.createDirectories(folder.resolve("projects/p" + seed));
            write(project, new Random(seed));
            ours.put("p" + seed, new Alembic().read(
                    new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project)));
        }
        JsonNode theirs = python.json(folder, "/python/alembic_projects.py", folder.resolve("projects").toString());
        ours.forEach((name, history) -> compare(name, history, theirs.get(name)));
    }

    private static void compare(String name, History history, JsonNode theirs) {
        assertThat(theirs.has("error")).as("%s: %s", name, theirs).isFalse();
        assertThat(history.revisions()).as(name).hasSize(theirs.get("revisions").size());
        assertThat(history.revisions()).as(name).isNotEmpty().allSatisfy(revision -> {
            JsonNode same = theirs.get("revisions").get(revision.revision());
            assertThat(same).as("%s %s", name, revision).isNotNull();
            assertThat(revision.parents()).as("%s %s", name, revision).isEqualTo(texts(same.get("parents")));
            assertThat(revision.dependsOn()).as("%s %s", name, revision).isEqualTo(texts(same.get("dependsOn")));
            assertThat(revision.labels()).as("%s %s", name, revision).isEqualTo(texts(same.get("labels")));
            assertThat(revision.message() == null ? "" : revision.message())
                    .isEqualTo(same.get("message").stringValue());
            assertThat(revision.file()).endsWith(same.get("file").stringValue());
        });
        assertThat(history.graph().heads()).as(name).containsExactlyInAnyOrderElementsOf(texts(theirs.get("heads")));
        assertThat(history.graph().bases()).as(name).containsExactlyInAnyOrderElementsOf(texts(theirs.get("bases")));
    }

    private static List<String> texts(JsonNode array) {
        return array.values().stream().map(JsonNode::stringValue).toList();
    }

    /** A history without mistakes, in as many spellings as Python and ConfigParser have for the same thing. */
    private static void write(Path project, Random random) throws IOException {
        boolean two = random.nextBoolean();
        List<Path> folders = new ArrayList<>(List.of(project.resolve("scripts/versions")));
        if (two) {
            folders.add(project.resolve("more"));
        }
        String locations = switch (random.nextInt(3)) {
            case 0 -> "version_locations = %(here)s/scripts/versions, %(here)s/more";
            case 1 -> "version_path_separator = space\nversion_locations: %(here)s/scripts/versions %(here)s/more";
            default -> "version_path_separator = :\nVersion_Locations = %(here)s/scripts/versions:%(here)s/more";
        };
        Files.createDirectories(project.resolve("scripts"));
        Files.writeString(
                project.resolve("alembic.ini"),
                "[alembic]\n# remark\nscript_location: %(here)s/scripts\n" + (two ? locations : "")
                        + "\nfile_template = %%(rev)s\n");
        for (Path versions : folders) {
            Files.createDirectories(versions);
            Files.writeString(versions.resolve("__init__.py"), "raise SystemExit\n");
            Files.writeString(versions.resolve("notes.txt"), "no script\n");
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(14); i++) {
            String id = "r%d%s".formatted(i, Integer.toHexString(random.nextInt()));
            Path versions = folders.get(random.nextInt(folders.size()));
            Files.writeString(versions.resolve("%s_%d.py".formatted(id, i)), script(id, ids, i, random));
            ids.add(id);
        }
    }

    private static String script(String id, List<String> before, int number, Random random) {
        List<String> parents = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3) && !before.isEmpty(); i++) {
            String parent = before.get(random.nextInt(before.size()));
            if (!parents.contains(parent)) {
                parents.add(parent);
            }
        }
        List<String> others = before.stream().filter(other -> !parents.contains(other)).toList();
        List<String> dependsOn = others.isEmpty() || random.nextInt(3) > 0 ? List.of() : List.of(others.getFirst());
        List<String> labels = random.nextInt(4) > 0 ? List.of() : List.of("label" + number);
        String annotation = random.nextBoolean() ? ": str" : "";
        return switch (random.nextInt(3)) {
            case 0 -> "\"\"\"  Message %d\n\nrevision = 'docstring'\n\"\"\"\n".formatted(number);
            case 1 -> "# remark\n'Message ' '%d'\n".formatted(number);
            default -> "";
        }
                + "revision%s = %s\n".formatted(annotation, text(id, random))
                + "down_revision = %s\n".formatted(texts(parents, random))
                + "branch_labels = %s; depends_on = %s\n".formatted(texts(labels, random), texts(dependsOn, random))
                + "def upgrade():\n    revision = 'local'\n";
    }

    private static String texts(List<String> texts, Random random) {
        if (texts.isEmpty()) {
            return random.nextBoolean() ? "None" : "()";
        }
        if (texts.size() == 1 && random.nextBoolean()) {
            return text(texts.getFirst(), random);
        }
        String inner = String.join(",\n  ", texts.stream().map(text -> text(text, random)).toList());
        return random.nextBoolean() ? "(" + inner + ",)" : "[" + inner + "]";
    }

    private static String text(String text, Random random) {
        int half = text.length() / 2;
        return switch (random.nextInt(5)) {
            case 0 -> "\"" + text + "\"";
            case 1 -> "('" + text.substring(0, half) + "'  # remark\n '" + text.substring(half) + "')";
            case 2 -> "'" + text.substring(0, half) + "' + \"\"\"" + text.substring(half) + "\"\"\"";
            case 3 -> "'\\x%02x%s'".formatted((int) text.charAt(0), text.substring(1));
            default -> "'" + text + "'";
        };
    }
}
