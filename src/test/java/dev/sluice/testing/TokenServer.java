package dev.sluice.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.testing.TokenAccounts.Account;

/**
 * A token server by the distribution token and OAuth 2 specifications: GET with Basic or
 * anonymous, POST with a refresh token or password. It grants the rights asked for that
 * the account has, possibly none, and answers 401 to a wrong credential. It calls itself
 * {@code localhost} unless given a {@link Listener}: another host than its registry's.
 * Thread-safe.
 */
public final class TokenServer implements RecordingServer {

	private final TokenAccounts accounts = new TokenAccounts();

	private final TestClock clock = TestClock.now();

	private final IssuedTokens tokens = new IssuedTokens(this.clock);

	private final TestServer server;

	private volatile String path = "/token";

	private volatile String service = "test-registry";

	private volatile TokenShape shape = TokenShape.plain();

	private volatile Duration lifetime = Duration.ofMinutes(5);

	private volatile int anonymousRefusal;

	private volatile int getRefusal;

	private volatile int postRefusal;

	private TokenServer(Listener listener) {
		this.server = new TestServer(listener, this::answer);
	}

	/**
	 * Starts one that knows nobody and lets anonymous callers have tokens of no rights.
	 */
	public static TokenServer start() {
		return start(Listener.localhost());
	}

	/**
	 * Starts one that knows nobody and lets anonymous callers have tokens of no rights.
	 */
	public static TokenServer start(Listener listener) {
		return new TokenServer(listener);
	}

	/**
	 * Adds a user who may pull these repositories ({@code a/b}, {@code a/*}, {@code *}).
	 */
	public TokenServer user(String name, String password, String... repositories) {
		return user(name, Set.of(password), repositories);
	}

	/** The same with several passwords, of which some may come and go. */
	public TokenServer user(String name, Set<String> passwords, String... repositories) {
		this.accounts.add(name, passwords, List.of(repositories));
		return this;
	}

	/** Adds a refresh token (identity token) of a user. */
	public TokenServer refreshToken(String token, String user) {
		this.accounts.addRefreshToken(token, user);
		return this;
	}

	/** Lets anonymous callers pull these repositories. */
	public TokenServer anonymousMayPull(String... repositories) {
		this.accounts.anonymousMayPull(List.of(repositories));
		return this;
	}

	/** Refuses anonymous callers with this status. */
	public TokenServer refuseAnonymous(int status) {
		this.anonymousRefusal = status;
		return this;
	}

	/** Refuses all GET requests with this status. */
	public TokenServer refuseGet(int status) {
		this.getRefusal = status;
		return this;
	}

	/** Refuses all POST requests with this status. */
	public TokenServer refusePost(int status) {
		this.postRefusal = status;
		return this;
	}

	/** What answers look like from now on. */
	public TokenServer answering(TokenShape answers) {
		this.shape = answers;
		return this;
	}

	/** How long tokens live from now on. */
	public TokenServer lifetime(Duration tokens) {
		this.lifetime = tokens;
		return this;
	}

	/** The service it speaks for; a request that names another one is a 400. */
	public TokenServer service(String name) {
		this.service = name;
		return this;
	}

	/** The path, and query if any, of its realm. */
	public TokenServer realmPath(String pathAndQuery) {
		this.path = pathAndQuery;
		return this;
	}

	/** The clock by which tokens expire. */
	public TestClock clock() {
		return this.clock;
	}

	/** Makes all tokens issued so far unknown. */
	public void revokeAll() {
		this.tokens.revokeAll();
	}

	/** How often it was asked for a token. */
	public int exchanges() {
		return requests().count();
	}

	/** The URL to ask for tokens. */
	public String realm() {
		return url() + this.path;
	}

	/** The service it speaks for. */
	public String service() {
		return this.service;
	}

	IssuedTokens.Verdict verify(String token, String scope) {
		return this.tokens.verify(token, scope);
	}

	@Override
	public TestServer server() {
		return this.server;
	}

	private Answer answer(RecordedRequest request) {
		if (!request.path().equals(this.path.split("\\?", 2)[0])) {
			return Answer.of(404, "text/plain", ByteSource.of("not found\n"));
		}
		return switch (request.method()) {
			case "GET" -> (this.getRefusal != 0) ? refused(this.getRefusal) : get(request);
			case "POST" -> (this.postRefusal != 0) ? refused(this.postRefusal) : post(request);
			default -> refused(405);
		};
	}

	private Answer get(RecordedRequest request) {
		boolean anonymous = !request.has("Authorization");
		if (anonymous && this.anonymousRefusal != 0) {
			return refused(this.anonymousRefusal);
		}
		Optional<Account> account = anonymous ? Optional.of(this.accounts.anonymous())
				: this.accounts.byBasic(request.header("Authorization").orElse(""));
		boolean offline = request.parameter("offline_token").filter("true"::equals).isPresent();
		List<String> scopes = request.parameters("scope").stream().flatMap(TokenServer::scopes).toList();
		return issue(account, request.parameter("service"), scopes, offline);
	}

	private Answer post(RecordedRequest request) {
		String type = request.header("Content-Type").orElse("");
		if (!type.startsWith("application/x-www-form-urlencoded")) {
			return refused(400);
		}
		String grant = request.field("grant_type").orElse("");
		if (request.field("client_id").isEmpty() || !Set.of("refresh_token", "password").contains(grant)) {
			return Answer.json(400, Map.of("error", "unsupported_grant_type"));
		}
		Optional<Account> account = grant.equals("refresh_token")
				? this.accounts.byRefreshToken(request.field("refresh_token").orElse(""))
				: this.accounts.byPassword(request.field("username").orElse(""), request.field("password").orElse(""));
		boolean offline = request.field("access_type").filter("offline"::equals).isPresent();
		return issue(account, request.field("service"),
				request.field("scope").stream().flatMap(TokenServer::scopes).toList(), offline);
	}

	private Answer issue(Optional<Account> account, Optional<String> asked, List<String> scopes, boolean offline) {
		if (account.isEmpty()) {
			return refused(401);
		}
		if (asked.isPresent() && !asked.get().equals(this.service)) {
			return Answer.error(400, "UNSUPPORTED", "unknown service");
		}
		TokenShape answers = this.shape;
		String token = this.tokens.issue(account.get().granted(scopes), this.lifetime, answers.jwt());
		Map<String, Object> body = answers.body(token, this.lifetime, this.clock.instant());
		if (offline) {
			String refreshToken = "refresh-" + token;
			this.accounts.addRefreshToken(refreshToken, account.get().name());
			body.put("refresh_token", refreshToken);
		}
		return Answer.json(200, body);
	}

	private static Stream<String> scopes(String value) {
		return Stream.of(value.split(" ", -1)).filter((scope) -> !scope.isEmpty());
	}

	private static Answer refused(int status) {
		return (status == 401)
				? Answer.error(401, "UNAUTHORIZED", "authentication required")
					.with("WWW-Authenticate", "Basic realm=\"Token Server\"")
				: Answer.error(status, "DENIED", "told to refuse");
	}

}
