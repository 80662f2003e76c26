package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.config.IniFile.Option;
import dev.migrationledger.agent.tool.alembic.config.IniFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ini file with another {@code sqlalchemy.url}. All else stays as it is. */
final class UrlInIni {

    private static final String URL = "sqlalchemy.url";

    private UrlInIni() {}

    /** None where there is no ini, or it has no such option. */
    static Map<Path, byte[]> replaced(ScriptsLocation.Config location, String url) {
        Path named = location.file();
        if (named == null) {
            return Map.of();
        }
        ConfigFile file = ConfigFile.read(location, named);
        return replaced(file.text(), location.section(), url)
                .map(text -> Map.of(location.workingDirectory().resolve(named).normalize(),
                        text.getBytes(file.utf8() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)))
                .orElse(Map.of());
    }

    /** Pure. */
    static Optional<String> replaced(String text, String section, String url) {
        IniFile ini = IniFile.parse("", text);
        @Nullable
        Option own = ini.sections().getOrDefault(section, Map.of()).get(URL);
        @Nullable
        Option option = own == null ? ini.defaults().get(URL) : own;
        if (option == null) {
            return Optional.empty();
        }
        // As Python reads lines.
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n|\r|\n", -1)));
        int at = option.line() - 1;
        // ConfigParser takes indented lines for a part of the value.
        while (at + 1 < lines.size() && lines.get(at + 1).matches("[ \\t]+\\S.*")) {
            lines.remove(at + 1);
        }
        lines.set(at, URL + " = " + url.replace("%", "%%"));
        return Optional.of(String.join("\n", lines));
    }
}
