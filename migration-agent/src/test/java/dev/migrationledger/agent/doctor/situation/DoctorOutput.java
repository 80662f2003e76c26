package dev.migrationledger.agent.doctor.situation;

import dev.migrationledger.agent.doctor.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One answer of the doctor.
 *
 * @param text for people, with errors
 * @param json for programs; missing where nothing could be judged
 */
record DoctorOutput(int exit, String text, JsonNode json) {

    /** A step of a plan that only a person can take. */
    static final String PERSON = "(a person decides)";

    static DoctorOutput at(Path folder, Map<String, String> environment, List<String> arguments) {
        Asked asked = Asked.in(folder, environment, arguments.toArray(String[]::new));
        return new DoctorOutput(asked.exit(), "%s%s(exit %d)".formatted(asked.out(), asked.err(), asked.exit()),
                asked.json().isEmpty() ? MissingNode.getInstance() : new JsonMapper().readTree(asked.json()));
    }

    String verdict() {
        return json.path("verdict").asString("");
    }

    /** Of all findings but {@code behind-head}, which the verdict says. */
    List<String> codes() {
        return json.path("findings").valueStream().map(finding -> finding.path("code").asString())
                .filter(code -> !code.equals("behind-head")).toList();
    }

    List<List<String>> candidates() {
        return json.path("physical").path("candidates").valueStream()
                .map(rows -> rows.valueStream().map(JsonNode::asString).toList()).toList();
    }

    /** The commands as they are typed. */
    List<String> commands() {
        return json.path("plan").valueStream()
                .map(step -> step.hasNonNull("command") ? step.path("command").asString() : PERSON).toList();
    }

    /** The commands without the path of the ini. */
    List<String> plan() {
        return commands().stream().map(command -> command.replaceAll(" (-c|--config) \\S+\\.ini", "")).toList();
    }

    /** The text in one line, so that it does not matter where it is wrapped. */
    String squeezed() {
        return text.replaceAll("\\s+", " ");
    }
}
