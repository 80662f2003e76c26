package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** Where a page says that the rest of a list is, for tests that follow its links. */
public final class Rest {

    private static final Pattern LINK = Pattern.compile("<a [^>]*?href=\"([^\"]*)\"[^>]*>(.*?)</a>", Pattern.DOTALL);

    private Rest() {}

    /** The address of the only link of a page with these words, without the place in the other page. */
    public static String of(String page, String words) {
        Matcher links = LINK.matcher(page.substring(page.indexOf("<main")));
        List<String> found = links.results()
                .filter(link -> HtmlUtils.htmlUnescape(link.group(2).replaceAll("<[^>]*>", "")).equals(words))
                .map(link -> HtmlUtils.htmlUnescape(link.group(1)).replaceAll("#.*", "")).distinct().toList();
        assertThat(found).as("%s in %s", words, page).hasSize(1);
        return found.getFirst();
    }
}
