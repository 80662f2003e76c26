package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Option;
import dev.migrationledger.agent.tool.alembic.config.IniSection;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.text.Sha256;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a script finds that asks for an option of Alembic's own section of the ini. */
final class Options {

    /** Where {@code env.py} sets one, or may set any. */
    private static final Pattern SETTING = Pattern.compile(
            "file_config\\b|set_(?:main_option\\s*\\(|section_option\\s*\\([^,()]*,)\\s*(?:([\"'])([\\w.-]+)\\1)?");

    private static final String ISOLATION = "sqlalchemy.isolation_level";

    /** Nobody knows by which configuration the scripts are run. */
    static final Options UNREAD = new Options(null, "");

    private final @Nullable IniSection section;
    private final Set<String> set = new HashSet<>();
    private final String environment;
    private boolean anySet;

    private Options(@Nullable IniSection section, String environment) {
        this.section = section;
        this.environment = environment;
        Matcher setting = SETTING.matcher(environment);
        while (setting.find()) {
            String name = setting.group(2);
            anySet |= name == null;
            if (name != null) {
                set.add(name.toLowerCase(Locale.ROOT));
            }
        }
    }

    /** @param environment the text of {@code env.py} */
    static Options of(@Nullable IniSection section, String environment) {
        return new Options(section, environment);
    }

    /** Whether an engine that is made of the section commits each statement, as far as the ini or a call in {@code env.py} says so. */
    boolean autocommits() {
        return set.contains(ISOLATION) || (section != null && section.get(ISOLATION)
                .map(IniSection.Interpolated::value).filter("AUTOCOMMIT"::equalsIgnoreCase).isPresent());
    }

    /** A digest of what it was made of: equal texts are equal answers. It is no text to read, because options may be secret. */
    @Override
    public String toString() {
        Stream<String> options = section == null
                ? Stream.empty()
                : section.names().stream().sorted().map(name -> name + "=" + section.get(name).orElseThrow());
        return Sha256.hex(Stream.concat(options, Stream.of(environment)).collect(Collectors.joining("\0")));
    }

    /** An option as Alembic's own commands find it. What leads to a database or may be secret is not looked at. */
    Option find(String name) {
        String option = name.toLowerCase(Locale.ROOT);
        if (section == null) {
            return new Option.Unclear();
        }
        if (anySet || set.contains(option)) {
            return new Option.Unclear();
        }
        if (option.startsWith("sqlalchemy.") || Redaction.isSecret(option)) {
            return new Option.Unclear();
        }
        IniSection.Interpolated found = section.get(option).orElse(null);
        return found != null && found.value() == null
                ? new Option.Unclear()
                : new Option.Known(found == null ? null : found.value());
    }
}
