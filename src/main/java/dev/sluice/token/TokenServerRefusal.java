package dev.sluice.token;

import dev.sluice.credential.Credential;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.UpstreamException;
import dev.sluice.transport.Origin;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Says what a token server's refusal means. Its messages name the token server by origin,
 * the source of the credential and the server's own words, unless those repeat the
 * secret.
 */
final class TokenServerRefusal {

	private TokenServerRefusal() {
	}

	/**
	 * Says what a refusal means.
	 * @param request what was asked for
	 * @param status the status, not 2xx
	 * @param headers the answer's headers
	 * @param body the answer's body, perhaps empty
	 * @param secrets what isn't repeated
	 * @return the reason
	 */
	static RegistryException reason(TokenRequest request, int status, HttpHeaders headers, byte[] body,
			SentSecrets secrets) {
		String server = "token server " + request.server();
		RegistryError error = RegistryError.read(body, secrets);
		String answer = (status + " " + error.words()).strip();
		if (status < 400) {
			return new UpstreamException.InvalidAnswer(
					server + " answers " + status + ": redirects of token requests aren't followed");
		}
		if (status == 429) {
			return new OverloadException.TooManyRequests(server + " answers " + answer, RetryAfter.of(headers));
		}
		if (status == 408 || status >= 500) {
			return new UpstreamException.UpstreamFailed(server + " answers " + answer);
		}
		String scope = request.demand().scope().value();
		String wanted = (scope.isEmpty() || secrets.areIn(scope)) ? "" : " for " + Printable.of(scope);
		return refused(request, status, answer, wanted, error.loginRefused());
	}

	private static RegistryException refused(TokenRequest request, int status, String answer, String wanted,
			boolean loginRefused) {
		String server = "token server " + request.server();
		boolean identityToken = request.login().credential() instanceof Credential.IdentityToken;
		if (status == 401 || status == 403 || (status == 400 && (identityToken || loginRefused))) {
			return request.login().isAnonymous()
					? new CredentialException.AccessDenied("no credential for "
							+ registry(request.demand().from().origin()) + ": log in or configure one (" + server
							+ " refused an anonymous token" + wanted + ": " + answer + ")")
					: new CredentialException.CredentialRejected(server + " refused the credential from "
							+ request.login().source() + wanted + ": " + answer + "; " + request.login().remedy());
		}
		String message = server + " refused a token" + wanted + ": " + answer;
		return (status == 400 || status == 404) ? new UpstreamException.InvalidAnswer(message)
				: new CredentialException.AccessDenied(message);
	}

	private static String registry(Origin endpoint) {
		return RegistryName.tryParse(endpoint.authority()).map(RegistryName::toString).orElse(endpoint.authority());
	}

}
