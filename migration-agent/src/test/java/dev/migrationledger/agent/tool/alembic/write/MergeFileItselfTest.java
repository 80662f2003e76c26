package dev.migrationledger.agent.tool.alembic.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MergeOrigin;
import dev.migrationledger.agent.tool.NewMerge;
import dev.migrationledger.agent.tool.ProposedFile;
import dev.migrationledger.agent.tool.ProposedFile.Computed;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.Alembic;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Merges that a real Alembic writes, and the same ones worked out without it: byte for byte, and under the same name. */
class MergeFileItselfTest {

    /** Each with how many cases it is for: what a template computes matters more often than what it copies. */
    private static final Map<String, Integer> TEMPLATES = new TreeMap<>(
            Map.of("generic", 40, "typed", 15, "multidb", 10,
                    "blocks", 15, "functions", 25, "crlf", 10, "coded", 10, "unnamed", 2, "broken", 2, "joined", 2));

    /** Alembic itself can write nothing with them, or cannot read what it has written. */
    private static final List<String> REFUSED = List.of("unnamed", "broken", "joined");

    private static final List<String> MESSAGES = List.of(
            "merge heads", "", "Zusammenführen: größer — und ΑΣ Σ, İstanbul", "he said \"yes\", 'no'", "ends with \"",
            "with %s, ${braces}, {} and 100%", "two\nlines", "tab\there and   spaces  ", "数据库 合并 ２ ½ ²",
            "a message that is much longer than any file name should ever be, so that it is cut",
            "unbrokenwordthatislongerthanthelengthatwhichitiscutoff", "x_y-z.9", "\"\"\"", "back\\slash \\x",
            "é\u0301 e\u200bz",
            "  ", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21", "😀 smiles");

    private static final List<String> FILE_TEMPLATES = List.of(
            "", "", "", "file_template = %%(rev)s", "file_template = %%(year)d_%%(month).2d_%%(day)02d_%%(slug)s",
            "file_template = %%(epoch)s-%%(rev).6s_%%(slug)s",
            "file_template = %%(hour)2d%%(minute)-4d%%(second)+d_%%(slug)s",
            "file_template = %%(year)d-%%(nothing)s", "file_template = %%(slug)20s%%%%", "file_template = v%%(rev)r");

    private static final List<String> ZONES = List.of(
            "", "", "", "timezone = UTC", "timezone = Asia/Tokyo", "timezone = America/Sao_Paulo",
            "timezone = Europe/Berlin", "timezone = america/new_york", "timezone = utc",
            "timezone = Asia/Kathmandu", "timezone = Mars/Olympus", "timezone = EST5EDT");

    private static final List<String> SLUGS = List.of("", "", "", "", "truncate_slug_length = 12",
            "truncate_slug_length = 7",
            "truncate_slug_length = 30", "truncate_slug_length = 0",
            "truncate_slug_length = 200", "truncate_slug_length = many");

    private static final List<String> ENCODINGS = List.of("", "", "", "", "", "", "output_encoding = latin-1",
            "output_encoding = utf-8-sig", "output_encoding = ascii", "output_encoding = cp1252");

    private static final List<String> OTHERS = List.of("",
            "[post_write_hooks]\nhooks = black, ruff\nblack.type = exec");

    @TempDir
    Path folder;

    private final JsonMapper json = new JsonMapper();

    private record Case(Path project, NewMerge merge) {}

    @Test
    void files_are_what_alembic_writes() throws IOException {
        Python python = Python.importing("alembic");
        Map<String, Case> cases = new LinkedHashMap<>();
        Map<String, ProposedFile> ours = new HashMap<>();
        Random random = new Random(13);
        for (Map.Entry<String, Integer> template : TEMPLATES.entrySet()) {
            for (int i = 0; i < template.getValue(); i++) {
                String name = template.getKey() + i;
                Case one = write(folder.resolve("projects/" + name), template.getKey(), random);
                cases.put(name, one);
                ours.put(name, new Alembic().merge(location(one.project()), one.merge()));
            }
        }
        JsonNode theirs = python.json(folder, "/python/alembic_merges.py", folder.resolve("projects").toString());
        Map<String, Integer> written = new TreeMap<>();
        for (Map.Entry<String, Case> one : cases.entrySet()) {
            written.merge(one.getKey().replaceAll("[0-9]", ""), compare(one.getKey(), one.getValue(),
                    Objects.requireNonNull(ours.get(one.getKey())), theirs.get(one.getKey())), Integer::sum);
        }
        assertThat(written).as("how many of each template Alembic accepts").hasSameSizeAs(TEMPLATES)
                .allSatisfy((template, count) -> assertThat(count).as(template)
                        .isGreaterThanOrEqualTo(REFUSED.contains(template)
                                ? 0
                                : Objects.requireNonNull(TEMPLATES.get(template)) / 3));
    }

    @Test
    void the_same_file_can_be_had_from_alembic_by_a_command() throws IOException {
        Path project = folder.resolve("projects/it's one");
        write(project, "generic", new Random(1));
        Path elsewhere = project.resolve("conf/other.ini");
        Files.createDirectories(project.resolve("conf"));
        Files.move(project.resolve("alembic.ini"), elsewhere);
        Files.writeString(elsewhere, Files.readString(elsewhere).replace("[alembic]", "[orders]"));
        ScriptsLocation location = new ScriptsLocation.Config(
                Path.of("conf/other.ini"), null, "orders", project, List.of("tenant=acme"));
        NewMerge merge = new NewMerge(List.of("aaa", "ccc"), "it's $HOME", "abc", "joined",
                Instant.EPOCH.atZone(ZoneId.of("UTC")));
        assertThat(new Alembic().mergeCommand(location, merge)).isEqualTo(
                "alembic -c conf/other.ini -n orders -x tenant=acme merge -m 'it'\\''s $HOME' --branch-label joined"
                        + " --rev-id abc aaa ccc");
    }

    private int compare(String name, Case one, ProposedFile ours, JsonNode theirs) throws IOException {
        String described = "%s: %s\n%s\n%s".formatted(name, one.merge(),
                Files.readString(one.project().resolve("alembic.ini")), theirs);
        if (theirs.has("error")) {
            assertThat(ours).as(described).isInstanceOf(ProposedFile.NotComputed.class);
            return 0;
        }
        assertThat(ours).as(described).isInstanceOf(Computed.class);
        Computed computed = (Computed) ours;
        byte[] bytes = Base64.getDecoder().decode(theirs.get("bytes").stringValue());
        assertThat(computed.file()).as(described).isEqualTo(theirs.get("file").stringValue());
        assertThat(new String(computed.bytes(), StandardCharsets.UTF_8)).as(described)
                .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        assertThat(computed.bytes()).as(described).isEqualTo(bytes);
        assertThat(computed.notes()).as(described).hasSize(
                Files.readString(one.project().resolve("alembic.ini")).contains("[post_write_hooks]") ? 1 : 0);
        if (name.startsWith("generic")) {
            recompute(described, one);
        }
        return 1;
    }

    /** The file that Alembic has written meanwhile, and the same with another comment. */
    private void recompute(String described, Case one) throws IOException {
        Alembic alembic = new Alembic();
        History history = alembic.read(location(one.project()));
        Revision revision = revision(history, one.merge().revision());
        assertThat(alembic.mergeOrigin(location(one.project()), revision(history, "aaa"))).isEqualTo(
                MergeOrigin.NO_MERGE);
        boolean plain = one.merge().message() == null || !one.merge().message().contains("\\");
        if (plain) {
            assertThat(alembic.mergeOrigin(location(one.project()), revision)).as(described)
                    .isEqualTo(MergeOrigin.RECOMPUTED);
        }
        Path file = one.project().resolve(revision.file());
        byte[] bytes = Files.readAllBytes(file);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 2);
        longer[bytes.length] = '#';
        longer[bytes.length + 1] = '\n';
        Files.write(file, longer);
        Alembic again = new Alembic();
        assertThat(again.mergeOrigin(location(one.project()),
                revision(again.read(location(one.project())), one.merge().revision())))
                .as(described).isEqualTo(MergeOrigin.JOINS_ONLY);
    }

    private static Revision revision(History history, String id) {
        return history.revisions().stream().filter(one -> one.revision().equals(id)).findFirst().orElseThrow();
    }

    private static ScriptsLocation location(Path project) {
        return new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project);
    }

    private Case write(Path project, String template, Random random) throws IOException {
        boolean several = random.nextInt(3) == 0;
        Files.createDirectories(project.resolve("scripts/versions"));
        Files.createDirectories(project.resolve("more"));
        Files.writeString(project.resolve("scripts/env.py"), "");
        Files.write(project.resolve("scripts/script.py.mako"), resource("/mako/" + template + ".mako"));
        Files.writeString(project.resolve("alembic.ini"), String.join("\n", "[alembic]", "script_location = scripts",
                "databases = engine1,  engine2", several
                        ? "version_path_separator = space\nversion_locations = %(here)s/scripts/versions %(here)s/more"
                        : "",
                pick(FILE_TEMPLATES, random), pick(ZONES, random), pick(SLUGS, random), pick(ENCODINGS, random),
                pick(OTHERS, random)) + "\n");
        revision(project, "scripts/versions", "base0", "None", "None");
        revision(project, "scripts/versions", "aaa", "'base0'", "None");
        revision(project, several ? "more" : "scripts/versions", "bbbb2222", "'base0'", "'aaa'");
        revision(project, "scripts/versions", "ccc", "'base0'", "None");
        List<String> heads = new ArrayList<>(List.of("aaa", "bbbb2222", "ccc"));
        Collections.shuffle(heads, random);
        String message = pick(MESSAGES, random);
        Instant time = Instant.parse("2026-03-29T00:59:58Z").plusSeconds(random.nextInt(40_000_000))
                .plus(random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000), ChronoUnit.MICROS);
        String zone = pick(List.of("Europe/Berlin", "UTC", "America/St_Johns"), random);
        NewMerge merge = new NewMerge(random.nextInt(3) == 0 ? heads : heads.subList(0, 2),
                message.equals("  ") ? null : message, "m" + Integer.toHexString(random.nextInt()),
                random.nextInt(4) == 0 ? "joined" : null, time.atZone(ZoneId.of(zone)));
        Map<String, @Nullable Object> described = new HashMap<>();
        described.put("section", "alembic");
        described.put("heads", merge.heads());
        described.put("message", merge.message());
        described.put("revision", merge.revision());
        described.put("label", merge.label());
        described.put("zone", zone);
        described.put("microseconds", ChronoUnit.MICROS.between(Instant.EPOCH, time));
        described.put("config", template.equals("multidb"));
        Files.writeString(project.resolve("case.json"), json.writeValueAsString(described));
        return new Case(project, merge);
    }

    private static void revision(Path project, String folder, String id, String parent, String dependsOn)
            throws IOException {
        Files.writeString(project.resolve(folder + "/" + id + ".py"), """
                revision = '%s'
                down_revision = %s
                depends_on = %s
                """.formatted(id, parent, dependsOn));
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream source = MergeFileItselfTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(source, name).readAllBytes();
        }
    }
}
