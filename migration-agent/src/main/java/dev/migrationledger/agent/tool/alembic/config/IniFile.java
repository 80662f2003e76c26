package dev.migrationledger.agent.tool.alembic.config;

import dev.migrationledger.contracts.scripts.ConfigProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ini file as ConfigParser reads it, before any value is interpolated.
 *
 * @param name of the file, as problems name it
 * @param sections options of each section by lower-case name, without those of {@code [DEFAULT]}
 * @param defaults options of {@code [DEFAULT]}
 * @param problems why ConfigParser refuses the file; the rest was read all the same
 */
public record IniFile(
        String name, Map<String, Map<String, Option>> sections, Map<String, Option> defaults,
        List<ConfigProblem> problems) {

    /**
     * One option as it is written.
     *
     * @param value its lines joined with {@code \n}, each without the space around it
     * @param line where it begins, from 1
     * @param written its first line as it stands in the file, without its line end
     */
    public record Option(String name, String value, int line, String written) {}

    public IniFile {
        problems = List.copyOf(problems);
    }

    /** Reads a file of this name. */
    public static IniFile parse(String name, String text) {
        return new IniParser(name).parse(text);
    }

    /** Names of the sections other than {@code [DEFAULT]}. */
    public Set<String> sectionNames() {
        return sections.keySet();
    }

    /**
     * A section as options see it: with {@code [DEFAULT]} and {@code here} behind it.
     *
     * @param here folder of the file, as Alembic writes it: absolute, with {@code /}
     */
    public IniSection section(String section, String here) {
        Map<String, Option> visible = new LinkedHashMap<>();
        visible.put("here", new Option("here", here, 0, ""));
        visible.putAll(defaults);
        visible.putAll(sections.getOrDefault(section, Map.of()));
        return new IniSection(name, section, visible);
    }
}
