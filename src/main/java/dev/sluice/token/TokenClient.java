package dev.sluice.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import dev.sluice.credential.Credential;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.TokenListener.Outcome;
import dev.sluice.transport.Answer;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Transport;
import reactor.core.publisher.Mono;

/**
 * Asks token servers for tokens over one upstream's connections, in the form that suits
 * the credential, and falls back where real servers know only another form:
 * <ul>
 * <li>nobody: GET</li>
 * <li>a password: GET with Basic; after 404 or 405 POST {@code grant_type=password}</li>
 * <li>a refresh token: POST {@code grant_type=refresh_token}; after 400, 401, 404 or 405,
 * if a user name came with it, GET with both as Basic</li>
 * </ul>
 * Redirects aren't followed; a refused credential isn't tried again as nobody, for what
 * is public would hide what is wrong. Answers are capped at 64 KiB, and an exchange at 60
 * s. Errors are {@link RegistryException}s without any secret or query. Thread-safe;
 * never blocks.
 */
public final class TokenClient implements TokenExchange {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Set<Integer> NO_GET = Set.of(404, 405);

	private static final Set<Integer> NO_POST = Set.of(400, 401, 404, 405);

	private final Transport transport;

	private final InstantSource clock;

	private final TokenListener listener;

	private final TokenReader tokens;

	private final SentSecrets own;

	/**
	 * Makes a client.
	 * @param transport the upstream's connections
	 * @param clock the time
	 * @param listener told of each request
	 * @param own what these connections send of themselves, and nobody may repeat
	 */
	public TokenClient(Transport transport, InstantSource clock, TokenListener listener, SentSecrets own) {
		this.transport = transport;
		this.clock = clock;
		this.listener = listener;
		this.tokens = new TokenReader(clock);
		this.own = own;
	}

	@Override
	public Mono<Token> exchange(TokenRequest request) {
		return ask(request).flatMap(TokenClient::token)
			.timeout(PATIENCE)
			.onErrorMap(TimeoutException.class,
					(ex) -> new UpstreamException.UpstreamTimedOut(
							"token server " + request.server() + " took longer than " + PATIENCE.toSeconds() + " s",
							ex));
	}

	private Mono<TokenAnswer> ask(TokenRequest request) {
		return switch (request.login().credential()) {
			case Credential.Anonymous _ -> send(request, TokenForms.anonymous(request));
			case Credential.Basic basic -> askWithPassword(request, basic);
			case Credential.IdentityToken identity -> askWithRefreshToken(request, identity);
			case Credential.RegistryToken _ ->
				Mono.error(new IllegalArgumentException("a registry token is sent as it is, never exchanged"));
		};
	}

	private Mono<TokenAnswer> askWithPassword(TokenRequest request, Credential.Basic basic) {
		return send(request, TokenForms.basic(request, basic.username(), basic.password()))
			.flatMap((answer) -> isRefusedWith(NO_GET, answer) ? post(request, basic, answer) : Mono.just(answer));
	}

	/** Where a POST doesn't exist either, GET's refusal is what says why: Quay's does. */
	private Mono<TokenAnswer> post(TokenRequest request, Credential.Basic basic, TokenAnswer refusal) {
		return send(request, TokenForms.password(request, basic))
			.map((posted) -> isRefusedWith(NO_GET, posted) ? refusal : posted);
	}

	private Mono<TokenAnswer> askWithRefreshToken(TokenRequest request, Credential.IdentityToken identity) {
		Mono<TokenAnswer> posted = send(request, TokenForms.refreshToken(request, identity));
		String username = identity.username();
		if (username == null || username.isEmpty()) {
			return posted;
		}
		return posted.flatMap((answer) -> isRefusedWith(NO_POST, answer)
				? send(request, TokenForms.basic(request, username, identity.token())) : Mono.just(answer));
	}

	private Mono<TokenAnswer> send(TokenRequest request, OutboundRequest outbound) {
		return Mono.defer(() -> {
			Instant start = this.clock.instant();
			return this.transport.sendTo(outbound, request.demand().from())
				.flatMap((answer) -> read(request, answer))
				.doOnNext((answer) -> tell(request, outcome(answer), start))
				.doOnError((_) -> tell(request, Outcome.FAILED, start));
		});
	}

	private Mono<TokenAnswer> read(TokenRequest request, Answer answer) {
		boolean issued = answer.status() >= 200 && answer.status() < 300;
		return (issued ? issued(request, answer) : refused(request, answer)).doFinally((_) -> answer.release());
	}

	private Mono<TokenAnswer> issued(TokenRequest request, Answer answer) {
		return answer.bytes(RegistryError.BODY_LIMIT)
			.defaultIfEmpty(new byte[0])
			.map((body) -> new TokenAnswer.Issued(
					this.tokens.read("token server " + request.server(), answer.headers(), body)));
	}

	private Mono<TokenAnswer> refused(TokenRequest request, Answer answer) {
		return RegistryError.soon(answer.bytes(RegistryError.BODY_LIMIT))
			.map((body) -> new TokenAnswer.Refused(answer.status(), TokenServerRefusal.reason(request, answer.status(),
					answer.headers(), body, request.secrets().and(this.own))));
	}

	private void tell(TokenRequest request, Outcome outcome, Instant start) {
		this.listener.exchanged(request.server().host(), outcome, Duration.between(start, this.clock.instant()));
	}

	private static Outcome outcome(TokenAnswer answer) {
		return switch (answer) {
			case TokenAnswer.Issued _ -> Outcome.ISSUED;
			case TokenAnswer.Refused refused ->
				(refused.status() >= 400 && refused.status() < 500) ? Outcome.REFUSED : Outcome.FAILED;
		};
	}

	private static boolean isRefusedWith(Set<Integer> statuses, TokenAnswer answer) {
		return answer instanceof TokenAnswer.Refused refused && statuses.contains(refused.status());
	}

	private static Mono<Token> token(TokenAnswer answer) {
		return switch (answer) {
			case TokenAnswer.Issued issued -> Mono.just(issued.token());
			case TokenAnswer.Refused refused -> Mono.error(refused.reason());
		};
	}

}
