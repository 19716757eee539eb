package dev.sluice.testing;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Quarantine;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.route.Target;
import dev.sluice.token.QuarantinedExchange;
import dev.sluice.token.RememberingAuthorizer;
import dev.sluice.token.SentSecrets;
import dev.sluice.token.TokenCache;
import dev.sluice.token.TokenClient;
import dev.sluice.token.TokenListener;
import dev.sluice.transport.Origin;
import dev.sluice.transport.TransportSettings;
import dev.sluice.upstream.Upstream;
import dev.sluice.upstream.Upstream.RedirectPolicy;
import dev.sluice.upstream.UpstreamClient;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamListener;
import reactor.core.scheduler.Schedulers;

/**
 * A registry that answers as told, and Sluice's client of it, with nothing between them.
 * Its {@code /v2/} is open to everybody unless told otherwise.
 */
public final class ScriptedUpstream {

	public static final RegistryName NAME = RegistryName.parse("reg.example");

	public static final RepositoryName REPOSITORY = new RepositoryName("acme/app");

	public static final Target TARGET = new Target(NAME, REPOSITORY);

	private final ScriptedTransport transport = new ScriptedTransport()
		.answer((request) -> request.path().equals("/v2/"), Answer.json(200, ""));

	private final UpstreamClient client;

	private ScriptedUpstream(RedirectPolicy redirects, boolean catalog, CredentialSource... sources) {
		Upstream upstream = new Upstream(NAME, List.of(new Origin("https", "reg.example", 443)), null, redirects,
				catalog, TransportSettings.defaults());
		Quarantine quarantine = new Quarantine(Clock.systemUTC());
		TokenClient tokens = new TokenClient(this.transport, Clock.systemUTC(), TokenListener.NONE, SentSecrets.NONE);
		RememberingAuthorizer authorizer = new RememberingAuthorizer(
				new TokenCache(Clock.systemUTC(), TokenCache.BOUND), new QuarantinedExchange(tokens, quarantine),
				quarantine);
		this.client = new UpstreamClient(upstream, this.transport, new CredentialChain(List.of(sources)), quarantine,
				authorizer, UpstreamListener.NONE);
	}

	/** Asked with what these sources have, in their order. */
	public static ScriptedUpstream askedWith(CredentialSource... sources) {
		return new ScriptedUpstream(RedirectPolicy.FOLLOW, true, sources);
	}

	/** Asked as nobody; redirects are passed on, and there is no catalog. */
	public static ScriptedUpstream passingRedirects() {
		return new ScriptedUpstream(RedirectPolicy.PASS, false);
	}

	/** Answers so from now on, whatever was said before. */
	public ScriptedUpstream answer(Predicate<RecordedRequest> matching, Answer answer) {
		this.transport.answer(matching, answer);
		return this;
	}

	/** Answers every HEAD of {@link #REPOSITORY} so from now on. */
	public ScriptedUpstream heads(Answer answer) {
		return answer(Matching.head("/acme/app/"), answer);
	}

	/** Answers every GET of {@link #REPOSITORY} so from now on. */
	public ScriptedUpstream gets(Answer answer) {
		return answer(Matching.get("/acme/app/"), answer);
	}

	/** One byte that is said to be this part. */
	public static Answer part(String contentRange) {
		return Answer.of(206, "a/b", ByteSource.of("x")).with("Content-Range", contentRange);
	}

	/** How it was asked for contents, in order: by which method, and for which range. */
	public List<String> methods() {
		return asked().stream()
			.map((request) -> request.method() + request.header("Range").map((range) -> " " + range).orElse(""))
			.toList();
	}

	/** What it was asked of contents, in order: all but {@code /v2/}. */
	public List<RecordedRequest> asked() {
		return this.transport.asked().stream().filter((request) -> !request.path().equals("/v2/")).toList();
	}

	/** How many of its answers nobody has read or released yet. */
	public int open() {
		return this.transport.open();
	}

	public UpstreamClient client() {
		return this.client;
	}

	public UpstreamDirectory directory() {
		return new UpstreamDirectory(Set.of(NAME), (_) -> this.client, Schedulers.immediate());
	}

}
