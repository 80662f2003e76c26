package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    private static final IdentitySettings OPEN = new IdentitySettings(false, false, List.of(), null);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3"})
    void without_sign_in_the_ledger_listens_on_loopback(String address) {
        assertThatCode(() -> ListenAddress.check(OPEN, address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "192.168.1.5", "", " ", "no.such.host.invalid"})
    void without_sign_in_it_listens_nowhere_else(String address) {
        assertThatThrownBy(() -> ListenAddress.check(OPEN, address)).isInstanceOf(StartupFailure.class)
                .hasMessage(
                        "The ledger does not listen on %s without sign-in: everyone who reaches it there would be its"
                                + " administrator.",
                        address.isBlank() ? "all addresses" : address)
                .extracting(failure -> ((StartupFailure) failure).remedy()).asString()
                .contains("ledger.identity.required=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", ""})
    void with_sign_in_it_listens_anywhere(String address) {
        assertThatCode(() -> ListenAddress.check(new IdentitySettings(true, false, List.of(), null), address))
                .doesNotThrowAnyException();
    }
}
