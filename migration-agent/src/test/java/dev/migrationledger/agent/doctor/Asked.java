package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code doctor} answered when it was asked in a folder.
 *
 * @param json the same report for programs; empty where nothing could be judged
 */
public record Asked(int exit, String out, String err, String json) {

    static final Path PROJECTS = Path.of("src/test/resources/doctor/projects");

    public static Asked in(Path folder, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> json = new ArrayList<>();
        int exit = Main.commandLineFor("doctor")
                .addSubcommand("doctor-here", new DoctorCommand(
                        new ScriptsOptions(folder, environment), new DatabaseOptions(environment),
                        report -> json.add(ContractJson.pretty(report))))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("doctor-here"), Stream.of(arguments)).toArray(String[]::new));
        return new Asked(exit, out.toString(), err.toString(), String.join("", json));
    }

    static Asked in(Path folder, String... arguments) {
        return in(folder, Map.of(), arguments);
    }
}
