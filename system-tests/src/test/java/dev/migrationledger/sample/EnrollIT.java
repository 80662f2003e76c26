package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.AgentKey.CodeWanted;
import dev.migrationledger.contracts.identity.AgentKey.Revocation;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An agent gets a key and signs with it: both executable jars. */
@ExtendWith(SharedLedger.class)
class EnrollIT {

    @TempDir
    private Path home;

    private final SampleLayout layout = SampleLayout.here();
    private SampleRun run;

    @BeforeEach
    void a_project(SampleLedger ledger) throws Exception {
        run = SharedLedger.project(ledger, home);
        for (String environment : SampleRun.ENVIRONMENTS) {
            run.databases().create(environment);
            run.databases().database(environment, layout.steps()).upgrade("001_initial");
        }
    }

    @Test
    void an_agent_sends_for_its_own_environment_until_its_key_is_revoked() throws Exception {
        String code = code("staging");
        ProcessOutput enrolled = enroll(code, "staging.pem");
        assertThat(enrolled.exitCode()).as(enrolled.text()).isZero();
        assertThat(enrolled.text()).contains("Enrolled 'db-1' for " + run.project() + "/staging.").doesNotContain(code);
        Path key = home.resolve("staging.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
        assertThat(key()).returns(AgentKey.Status.ACTIVE, AgentKey::status).returns("db-1", AgentKey::name);

        ProcessOutput observed = observe("staging");
        assertThat(observed.exitCode()).as(observed.text()).isZero();
        ProcessOutput elsewhere = observe("production");
        assertThat(elsewhere.exitCode()).as(elsewhere.text()).isEqualTo(3);
        assertThat(elsewhere.text()).contains("403", "wait in the spool").doesNotContain("PRIVATE");
        assertThat(run.report("production")).isEmpty();

        assertThat(post("/api/v1/agents/" + key().key() + "/revoke", new Revocation("db-1 is gone")).statusCode())
                .isEqualTo(200);
        ProcessOutput revoked = observe("staging");
        assertThat(revoked.exitCode()).as(revoked.text()).isEqualTo(3);
        assertThat(revoked.text()).contains("revoked", "wait in the spool");
    }

    @Test
    void a_code_works_once_and_a_key_is_not_replaced() throws Exception {
        String code = code("*");
        assertThat(enroll(code, "one.pem").exitCode()).isZero();
        ProcessOutput again = enroll(code, "two.pem");
        assertThat(again.exitCode()).as(again.text()).isEqualTo(2);
        assertThat(again.text()).contains("does not enroll this agent").doesNotContain(code);
        assertThat(home.resolve("two.pem")).doesNotExist();
        assertThat(home.resolve("two.pem.new")).doesNotExist();

        ProcessOutput exists = enroll(code("*"), "one.pem");
        assertThat(exists.exitCode()).as(exists.text()).isEqualTo(2);
        assertThat(exists.text()).contains("one.pem exists already");
    }

    @Test
    void a_key_that_others_may_read_is_refused() throws Exception {
        assertThat(enroll(code("staging"), "staging.pem").exitCode()).isZero();
        Path key = home.resolve("staging.pem");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        ProcessOutput refused = observe("staging");
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(2);
        assertThat(refused.text()).contains("Other users may read the key file", "chmod 600");
    }

    private String code(String environment) throws Exception {
        HttpResponse<byte[]> answer = post("/api/v1/agents/enrolment-codes",
                new CodeWanted(run.project(), environment, null, null));
        assertThat(answer.statusCode()).isEqualTo(201);
        return ContractJson.read(answer.body(), AgentKey.Code.class).value();
    }

    private AgentKey key() {
        byte[] keys = run.ledger().get("/api/v1/agents").orElseThrow();
        return Stream.of(ContractJson.read(keys, AgentKey[].class))
                .filter(key -> key.project().equals(run.project())).findFirst().orElseThrow();
    }

    private HttpResponse<byte[]> post(String path, Object body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(run.url() + path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(ContractJson.write(body))).build(), BodyHandlers.ofByteArray());
        }
    }

    private ProcessOutput enroll(String code, String file) throws Exception {
        return agent(List.of("enroll", "--ledger", run.url(), "--code", code, "--agent", "db-1",
                "--key", home.resolve(file).toString()));
    }

    private ProcessOutput observe(String environment) throws Exception {
        return agent(List.of("observe", "--ledger", run.url(), "--project", run.project(), "--environment", environment,
                "--config", layout.alembicIni().toString(), "--database", run.databases().watchUrl(environment),
                "--spool", home.resolve("spool-" + environment).toString()));
    }

    private ProcessOutput agent(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(SampleProcess.command(layout.agentJar()));
        command.addAll(arguments);
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().put("HOME", home.toString());
        program.environment().put("MIGRATION_LEDGER_KEY", home.resolve("staging.pem").toString());
        return ProcessOutput.of(program);
    }
}
