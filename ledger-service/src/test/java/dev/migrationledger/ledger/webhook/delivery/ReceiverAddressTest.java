package dev.migrationledger.ledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.webhook.delivery.ReceiverAddress.Reach;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

class ReceiverAddressTest {

    private final ReceiverAddress addresses = new ReceiverAddress(List.of("chat.corp.example", "*.lab.example"));

    @ParameterizedTest
    @CsvSource({"93.184.216.34,PUBLIC", "2606:2800:220:1::1,PUBLIC",
        "127.0.0.1,INTERNAL", "10.1.2.3,INTERNAL", "172.16.0.1,INTERNAL", "172.31.255.1,INTERNAL",
        "172.32.0.1,PUBLIC", "192.168.1.1,INTERNAL", "100.64.0.1,INTERNAL", "198.18.0.1,INTERNAL", "::1,INTERNAL",
        "fd12::1,INTERNAL", "2001:0:1::1,INTERNAL",
        "169.254.169.254,FORBIDDEN", "100.100.100.200,FORBIDDEN", "168.63.129.16,FORBIDDEN", "0.0.0.0,FORBIDDEN",
        "0.1.2.3,FORBIDDEN", "224.0.0.1,FORBIDDEN", "255.255.255.255,FORBIDDEN", "fe80::1,FORBIDDEN",
        "ff02::1,FORBIDDEN", "::,FORBIDDEN", "fd00:ec2::254,FORBIDDEN",
        // The same in other clothes.
        "::ffff:169.254.169.254,FORBIDDEN", "::ffff:10.0.0.1,INTERNAL", "64:ff9b::a9fe:a9fe,FORBIDDEN",
        "64:ff9b::0a00:0001,INTERNAL", "2002:a9fe:a9fe::1,FORBIDDEN", "2002:7f00:1::,INTERNAL",
        "::a9fe:a9fe,FORBIDDEN", "64:ff9b::5db8:d822,PUBLIC"})
    void an_address_is_reached_from(String address, Reach reach) throws UnknownHostException {
        assertThat(ReceiverAddress.reach(InetAddress.getByName(address))).isEqualTo(reach);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/a", "ftp://example.org", "https://user@example.org", "https:///a",
        "https://example.org/a#b", "example.org", "https://exa mple.org", "https://127.0.0.1/a",
        "https://169.254.169.254/latest", "https://[::1]/", "https://10.0.0.1:8443/x", "file:///etc/passwd", ""})
    void a_url_that_cannot_be_used_is_refused_with_what_to_do(String url) {
        assertThat(addresses.problem(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org", "https://example.org:8443/a?b=c", "http://chat.corp.example/hook",
        "http://Chat.Corp.Example/hook", "http://a.lab.example:8080/", "https://93.184.216.34/a"})
    void any_other_is_taken(String url) {
        assertThat(addresses.problem(url)).isEmpty();
    }

    @Test
    void only_hosts_of_the_settings_have_internal_addresses_and_none_a_forbidden_one() throws UnknownHostException {
        InetAddress internal = InetAddress.getByName("10.0.0.1");
        assertThat(addresses.refusal("chat.corp.example", internal)).isEmpty();
        assertThat(addresses.refusal("evil.example", internal)).contains(
                "10.0.0.1 is an internal address. To call it, list 'evil.example' in ledger.webhooks.internal-hosts.");
        assertThat(addresses.refusal("chat.corp.example", InetAddress.getByName("169.254.169.254")))
                .contains("169.254.169.254 is never called. Use another host.");
    }

    @Test
    void the_origin_has_nothing_that_is_secret() {
        assertThat(ReceiverAddress.origin(URI.create("https://Hooks.Slack.com/services/T0/B0/s3cret?a=b")))
                .isEqualTo("https://hooks.slack.com");
        assertThat(ReceiverAddress.origin(URI.create("http://127.0.0.1:81/a"))).isEqualTo("http://127.0.0.1:81");
    }
}
