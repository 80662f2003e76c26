package dev.migrationledger.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.log.LogHash;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

    /** From the documentation of Go's {@code golang.org/x/mod/sumdb/note}. */
    private static final String GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String GO_NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private static final KeyPair PAIR = pair();

    private static final NoteKey KEY = NoteKey.of("ledger.example/log",
            Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded()));

    private static final Checkpoint CHECKPOINT = new Checkpoint("ledger.example/log", 123, LogHash.leaf("root"));

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_example_of_go_is_verified() {
        NoteKey key = NoteKey.parse(GO_KEY);

        assertThat(SignedNote.parse(GO_NOTE).signedBy(key)).isTrue();
        assertThat(key.verifierKey()).isEqualTo(GO_KEY);
        assertThat(SignedNote.parse(GO_NOTE).note()).isEqualTo(GO_NOTE);
    }

    @Test
    void a_checkpoint_that_was_signed_is_verified_and_read_back() {
        SignedNote note = SignedNote.sign(CHECKPOINT.text(), KEY, PAIR.getPrivate());
        SignedNote read = SignedNote.parse(note.note());

        assertThat(read.signedBy(NoteKey.parse(KEY.verifierKey()))).isTrue();
        assertThat(Checkpoint.parse(read.text())).isEqualTo(CHECKPOINT);
    }

    @Test
    void a_changed_text_another_key_and_another_name_are_not_verified() {
        SignedNote note = SignedNote.sign(CHECKPOINT.text(), KEY, PAIR.getPrivate());

        assertThat(SignedNote.parse(note.note().replace("\n123\n", "\n124\n")).signedBy(KEY)).isFalse();
        assertThat(note.signedBy(KEY.named("ledger.example/other"))).isFalse();
        assertThat(note.signedBy(NoteKey.of("ledger.example/log",
                Base64.getEncoder().encodeToString(pair().getPublic().getEncoded())))).isFalse();
    }

    @Test
    void signatures_of_witnesses_stay() {
        String note = SignedNote.sign(CHECKPOINT.text(), KEY, PAIR.getPrivate()).note()
                + GO_NOTE.substring(GO_NOTE.indexOf('\u2014'));

        SignedNote read = SignedNote.parse(note);

        assertThat(read.signedBy(KEY)).isTrue();
        assertThat(read.signatures()).hasSize(2);
        assertThat(read.note()).isEqualTo(note);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "text\n\n", "text\n\nno signature\n", "text\n\n\u2014 name AAAA\n",
        "text\n\n\u2014 na+me AAAAAAAA\n", "text\n\n\u2014 name AAAAAAAA"})
    void what_is_not_a_note_is_refused(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n1\n", "a\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "a\n1\nAAAA\n",
        "a b\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"})
    void what_is_not_a_checkpoint_is_refused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann",
        "PeterNeumann+c74f20a3+AAAA"})
    void what_is_not_a_key_is_refused(String text) {
        assertThatThrownBy(() -> NoteKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
