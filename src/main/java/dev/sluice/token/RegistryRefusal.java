package dev.sluice.token;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sluice.credential.Credential;
import dev.sluice.oci.MediaTypes;
import dev.sluice.transport.Transport.Referrer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What a registry says when it refuses something: all of its challenges, on however many
 * lines, and the first error of its body. Read once; whoever decides on a refusal decides
 * on this. A good answer may carry challenges too (RFC 9110, 11.6.1): they say what a
 * client has to show that wants to see more. Immutable.
 *
 * @param status the status
 * @param challenges what it asks for
 * @param error what it says
 * @param page whether it says that it is a page of HTML
 * @param from who answered
 * @param sent what was sent to get it
 */
public record RegistryRefusal(int status, List<Challenge> challenges, RegistryError error, boolean page, Referrer from,
		SentSecrets sent) {

	/** ECR says 400 or 403 where others say 401. */
	private static final Set<Integer> STATUSES = Set.of(400, 401, 403);

	private static final String BEARER = "bearer";

	private static final String BASIC = "basic";

	/**
	 * Whether answers of this status are refusals.
	 * @param status the status
	 * @return whether it is 400, 401 or 403
	 */
	public static boolean isOne(int status) {
		return STATUSES.contains(status);
	}

	/**
	 * Reads a refusal.
	 * @param status the answer's status
	 * @param headers its headers
	 * @param error its body, read
	 * @param from who answered
	 * @param sent what was sent to get it
	 * @return what it says
	 */
	public static RegistryRefusal of(int status, HttpHeaders headers, RegistryError error, Referrer from,
			SentSecrets sent) {
		boolean page = headers.getAll(HttpHeaderNames.CONTENT_TYPE).stream().anyMatch(MediaTypes::isPage);
		return new RegistryRefusal(status, Challenge.parse(headers.getAll(HttpHeaderNames.WWW_AUTHENTICATE)), error,
				page, from, sent);
	}

	/**
	 * Whether it asks for nothing, as gcr.io's does now and then.
	 * @return whether there is no challenge that can be read
	 */
	public boolean isSilent() {
		return this.challenges.isEmpty();
	}

	/**
	 * Whether it is the page of whoever stands in the way, and says nothing of the login:
	 * a registry behind a web server asks for one, and may do so with a page.
	 * @return whether it is a page of HTML that asks for nothing
	 */
	public boolean isPage() {
		return this.page && isSilent();
	}

	/**
	 * Whether it asks for a token.
	 * @return whether a challenge names a token server that can be asked
	 */
	public boolean asksForToken() {
		return token().isPresent();
	}

	/**
	 * Whether it asks for a user name and a password.
	 * @return whether any of its challenges does
	 */
	public boolean asksForBasic() {
		return this.challenges.stream().anyMatch((challenge) -> challenge.scheme().equals(BASIC));
	}

	/**
	 * Whether the token that was sent is no good (any more).
	 * @return whether it says {@code invalid_token}
	 */
	public boolean saysTokenIsBad() {
		return saysError("invalid_token");
	}

	/**
	 * Whether the token that was sent is good, but not for this.
	 * @return whether it says {@code insufficient_scope}
	 */
	public boolean saysScopeIsTooSmall() {
		return saysError("insufficient_scope");
	}

	/**
	 * Whether it may be about the login itself. After a password it may, unless the
	 * registry asks for a token instead: otherwise a wrong password would be sent again
	 * and again. After a registry token it may, unless the registry says that the token
	 * is good, but not for this: a challenge for a token means nothing here, since
	 * anonymous requests get it too.
	 * @param shown the credential that was sent as it is
	 * @return whether the credential may be no good
	 */
	public boolean doubts(Credential shown) {
		return switch (shown) {
			case Credential.Basic _ -> asksForBasic() || !asksForToken();
			case Credential.RegistryToken _ -> !saysScopeIsTooSmall();
			case Credential.IdentityToken _, Credential.Anonymous _ -> false;
		};
	}

	/**
	 * What it says, in words.
	 * @return the status, and code and message where there are any
	 */
	public String words() {
		return (this.status + " " + this.error).strip();
	}

	/** What to ask which token server for. */
	Optional<Demand.Bearer> token() {
		return this.challenges.stream()
			.filter((challenge) -> challenge.scheme().equals(BEARER))
			.flatMap((challenge) -> Demand.Bearer.of(challenge, this.from, this.sent).stream())
			.findFirst();
	}

	/** Whether nothing but a token will do, though none can be had. */
	boolean asksForUnobtainableToken() {
		return !isSilent() && !asksForToken()
				&& this.challenges.stream().allMatch((challenge) -> challenge.scheme().equals(BEARER));
	}

	private boolean saysError(String code) {
		return this.challenges.stream().anyMatch((challenge) -> challenge.isOf(code));
	}

}
