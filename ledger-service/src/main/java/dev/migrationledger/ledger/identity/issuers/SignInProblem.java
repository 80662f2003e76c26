package dev.migrationledger.ledger.identity.issuers;

import com.nimbusds.jose.RemoteKeySourceException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.ResourceAccessException;

/** Why a sign-in with an issuer failed. */
public enum SignInProblem {
    ISSUER_UNREACHABLE("%s does not answer. Try again later, or ask an administrator to check its address."),
    TOKEN_REFUSED("The ledger does not accept the token of %s. The log of the ledger says what is wrong with it."),
    CLIENT_REFUSED(
            "%s refused the ledger. Ask an administrator to check the id, secret and redirect address of the client."),
    DECLINED("%s did not sign you in. Sign in again."),
    OUTDATED("The sign-in took too long, or began in another browser. Sign in again."),
    UNKNOWN_ISSUER("The ledger does not know this issuer. Choose another way to sign in."),
    PERSON_REFUSED("%s calls you by a subject that is too long or has blanks. The ledger does not support it."),
    TOO_MANY_PEOPLE("The ledger knows as many people as it may. Ask an administrator."),
    TOO_MANY_ATTEMPTS("Too many sign-ins from your address failed. Wait a minute.");

    private final String sentence;

    SignInProblem(String sentence) {
        this.sentence = sentence;
    }

    /** As an address has it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * For the person who wanted to sign in.
     *
     * @param issuer how people call it
     */
    public String sentence(String issuer) {
        return sentence.formatted(issuer);
    }

    /** Whether somebody may have tried to sign in with what is not theirs. */
    public boolean isSuspicious() {
        return switch (this) {
            case TOKEN_REFUSED, CLIENT_REFUSED, OUTDATED, UNKNOWN_ISSUER, PERSON_REFUSED -> true;
            case ISSUER_UNREACHABLE, DECLINED, TOO_MANY_PEOPLE, TOO_MANY_ATTEMPTS -> false;
        };
    }

    /** The one with this code. */
    public static Optional<SignInProblem> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }

    /** The one that Spring Security reports. */
    public static SignInProblem of(Throwable failure) {
        SignInProblem problem = CLIENT_REFUSED;
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof RemoteKeySourceException || one instanceof ResourceAccessException) {
                return ISSUER_UNREACHABLE;
            }
            if (one instanceof OAuth2AuthenticationException error) {
                problem = ofError(error.getError().getErrorCode());
            } else if (one instanceof OAuth2AuthorizationException error) {
                problem = ofError(error.getError().getErrorCode());
            }
        }
        return problem;
    }

    private static SignInProblem ofError(String code) {
        return switch (code) {
            case Issuers.UNREACHABLE -> ISSUER_UNREACHABLE;
            case "invalid_id_token", "invalid_nonce", "invalid_user_info_response" -> TOKEN_REFUSED;
            case "access_denied", "login_required", "consent_required", "interaction_required" -> DECLINED;
            case "authorization_request_not_found", "invalid_state_parameter", "invalid_grant" -> OUTDATED;
            default -> CLIENT_REFUSED;
        };
    }
}
