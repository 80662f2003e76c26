package dev.migrationledger.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Manifests of Kubernetes in {@code docs}, held to Kubernetes' own description of its API, in which each field has to be known. */
class ManifestsTest {

    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(apiVersion: .*?)^```$");

    record Manifest(String file, JsonObject content) {

        String kind() {
            return content.get("apiVersion").getAsString() + " " + content.get("kind").getAsString();
        }

        @Override
        public String toString() {
            return file + ": " + kind();
        }
    }

    static List<Manifest> files() throws IOException {
        List<Manifest> all = new ArrayList<>();
        for (Path file : listed(DOCS.resolve("kubernetes"), ".yaml")) {
            if (!file.endsWith("kustomization.yaml")) {
                all.addAll(read(file, Files.readString(file)));
            }
        }
        return all;
    }

    static Stream<Manifest> filesAndPages() throws IOException {
        List<Manifest> all = files();
        for (Path page : listed(DOCS, ".md")) {
            BLOCK.matcher(Files.readString(page)).results().forEach(block -> all.addAll(read(page, block.group(1))));
        }
        return all.stream();
    }

    @Test
    void they_are_found() throws IOException {
        assertThat(filesAndPages()).extracting(Manifest::toString).contains("ledger.yaml: apps/v1 Deployment",
                "application.yaml: apps/v1 Deployment", "gate.md: batch/v1 Job", "identity.md: apps/v1 Deployment");
    }

    @ParameterizedTest
    @MethodSource("filesAndPages")
    void each_field_is_known_and_none_is_missing(Manifest manifest) {
        assertThatCode(() -> check(manifest)).doesNotThrowAnyException();
    }

    @Test
    void an_unknown_field_is_found() throws IOException {
        Manifest wrong = files().stream().filter(it -> it.toString().equals("ledger.yaml: apps/v1 Deployment"))
                .findFirst().orElseThrow();
        pod(wrong).addProperty("terminationGracePeriod", 45);

        assertThatThrownBy(() -> check(wrong)).hasMessageContaining("terminationGracePeriod");
    }

    /** Pods that the standard "restricted" of Kubernetes lets in, and that write into volumes alone. */
    @ParameterizedTest
    @MethodSource("files")
    void pods_have_no_privileges(Manifest manifest) {
        if (!manifest.kind().equals("apps/v1 Deployment")) {
            return;
        }
        JsonObject pod = pod(manifest);
        assertThat(pod.getAsJsonObject("securityContext").toString()).contains("\"runAsNonRoot\":true",
                "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}");
        assertThat(containers(pod)).isNotEmpty().allSatisfy(container -> assertThat(
                container.getAsJsonObject("securityContext").toString()).contains("\"allowPrivilegeEscalation\":false",
                        "\"readOnlyRootFilesystem\":true", "\"capabilities\":{\"drop\":[\"ALL\"]}"));
    }

    private static void check(Manifest manifest) throws IOException {
        JsonElement json = manifest.content();
        switch (manifest.kind()) {
            case "v1 Namespace" -> V1Namespace.validateJsonElement(json);
            case "v1 ServiceAccount" -> V1ServiceAccount.validateJsonElement(json);
            case "v1 ConfigMap" -> V1ConfigMap.validateJsonElement(json);
            case "v1 Service" -> V1Service.validateJsonElement(json);
            case "apps/v1 Deployment" -> V1Deployment.validateJsonElement(json);
            case "batch/v1 Job" -> V1Job.validateJsonElement(json);
            case "policy/v1 PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(json);
            default -> throw new IllegalArgumentException("Add '%s' to this test.".formatted(manifest.kind()));
        }
    }

    private static JsonObject pod(Manifest deployment) {
        return deployment.content().getAsJsonObject("spec").getAsJsonObject("template").getAsJsonObject("spec");
    }

    private static List<JsonObject> containers(JsonObject pod) {
        return Stream.of("initContainers", "containers").filter(pod::has).map(pod::getAsJsonArray)
                .flatMap((JsonArray list) -> StreamSupport.stream(list.spliterator(), false))
                .map(JsonElement::getAsJsonObject).toList();
    }

    private static List<Manifest> read(Path file, String yaml) {
        Yaml reader = new Yaml(new SafeConstructor(new LoaderOptions()));
        return StreamSupport.stream(reader.loadAll(yaml).spliterator(), false)
                .map(document -> new Manifest(file.getFileName().toString(),
                        new Gson().toJsonTree(document).getAsJsonObject()))
                .toList();
    }

    private static List<Path> listed(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
