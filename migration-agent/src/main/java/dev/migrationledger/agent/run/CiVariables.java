package dev.migrationledger.agent.run;

import dev.migrationledger.contracts.text.Redaction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What well-known CI systems say about a build in variables of their own. A list of what is taken, never of what is left out: no
 * secret has one of these names. Names that other programs use too count only beside the system's own mark.
 */
final class CiVariables {

    private static final int LONGEST = 300;

    /** @param mark a variable that only this system sets */
    private record Known(String mark, List<String> variables) {
        Known(String mark, String... variables) {
            this(mark, List.of(variables));
        }
    }

    private static final List<Known> SYSTEMS = List.of(
            new Known("GITHUB_ACTIONS", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT",
                    "GITHUB_WORKFLOW", "GITHUB_JOB", "GITHUB_ACTOR", "GITHUB_TRIGGERING_ACTOR", "GITHUB_REF",
                    "GITHUB_SHA"),
            new Known("GITLAB_CI", "CI_PROJECT_PATH", "CI_PIPELINE_ID", "CI_PIPELINE_URL", "CI_JOB_ID", "CI_JOB_NAME",
                    "CI_JOB_URL", "CI_COMMIT_SHA", "CI_COMMIT_REF_NAME", "CI_ENVIRONMENT_NAME", "GITLAB_USER_LOGIN"),
            new Known("JENKINS_URL", "JOB_NAME", "BUILD_NUMBER", "BUILD_URL", "GIT_COMMIT", "GIT_BRANCH"),
            new Known("CIRCLECI", "CIRCLE_PROJECT_REPONAME", "CIRCLE_BUILD_NUM", "CIRCLE_BUILD_URL",
                    "CIRCLE_WORKFLOW_ID", "CIRCLE_JOB", "CIRCLE_USERNAME", "CIRCLE_BRANCH", "CIRCLE_SHA1"),
            new Known("BUILDKITE", "BUILDKITE_PIPELINE_SLUG", "BUILDKITE_BUILD_NUMBER", "BUILDKITE_BUILD_URL",
                    "BUILDKITE_JOB_ID", "BUILDKITE_BUILD_CREATOR", "BUILDKITE_BRANCH", "BUILDKITE_COMMIT"),
            new Known("TF_BUILD", "SYSTEM_TEAMPROJECT", "BUILD_DEFINITIONNAME", "BUILD_BUILDID", "BUILD_BUILDNUMBER",
                    "BUILD_REQUESTEDFOR", "BUILD_SOURCEBRANCH", "BUILD_SOURCEVERSION"),
            new Known("BITBUCKET_BUILD_NUMBER", "BITBUCKET_REPO_FULL_NAME", "BITBUCKET_PIPELINE_UUID",
                    "BITBUCKET_STEP_TRIGGERER_UUID", "BITBUCKET_BRANCH", "BITBUCKET_COMMIT"),
            new Known("TEAMCITY_VERSION", "TEAMCITY_PROJECT_NAME", "TEAMCITY_BUILDCONF_NAME", "BUILD_NUMBER"),
            new Known("TRAVIS", "TRAVIS_REPO_SLUG", "TRAVIS_BUILD_ID", "TRAVIS_BUILD_WEB_URL", "TRAVIS_BRANCH",
                    "TRAVIS_COMMIT"),
            new Known("DRONE", "DRONE_REPO", "DRONE_BUILD_NUMBER", "DRONE_BUILD_LINK", "DRONE_COMMIT_AUTHOR",
                    "DRONE_BRANCH", "DRONE_COMMIT_SHA"));

    private CiVariables() {}

    static Map<String, String> of(Map<String, String> variables) {
        Map<String, String> taken = new TreeMap<>();
        for (Known system : SYSTEMS) {
            if (!variables.getOrDefault(system.mark, "").isBlank()) {
                take(system.mark, variables, taken);
                system.variables.forEach(name -> take(name, variables, taken));
            }
        }
        return taken;
    }

    private static void take(String name, Map<String, String> variables, Map<String, String> taken) {
        String value = variables.get(name);
        if (value != null && !value.isBlank()) {
            String shown = Redaction.of(value);
            taken.put(name, shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown);
        }
    }
}
