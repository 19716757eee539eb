package dev.sluice.diagnose;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import dev.sluice.credential.Login;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Reference;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.Authorization;
import dev.sluice.token.HeaderSecrets;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamClient;
import dev.sluice.upstream.UpstreamListener;
import dev.sluice.upstream.UpstreamRequest;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at upstreams as each login that there is for them: are they reachable, do they
 * accept it? Asks for {@code /v2/} (distribution spec, end-1) by the very way that pulls
 * take. Thread-safe; never blocks.
 */
public final class Doctor {

	private static final int AT_ONCE = 8;

	private static final Duration PATIENCE = Duration.ofSeconds(45);

	/** What Docker Hub tells its quota by; a HEAD doesn't count as a pull. */
	private static final UpstreamRequest DOCKER_HUB_QUOTA = UpstreamRequest.manifest(HttpMethod.HEAD,
			new RepositoryName("ratelimitpreview/test"), Reference.parse("latest"), MediaTypes.MANIFESTS);

	private final TracedClients clients;

	private final Explainer explainer;

	private final Supplier<List<SourceState>> sources;

	private final Wording wording;

	/**
	 * Makes a doctor.
	 * @param clients makes clients
	 * @param explainer looks at images
	 * @param sources how the credential sources are now
	 * @param wording how findings are put
	 */
	Doctor(TracedClients clients, Explainer explainer, Supplier<List<SourceState>> sources, Wording wording) {
		this.clients = clients;
		this.explainer = explainer;
		this.sources = sources;
		this.wording = wording;
	}

	/**
	 * Looks at upstreams and images.
	 * @param registries listed registries
	 * @param images images as people write them
	 * @return what was found; never an error
	 */
	public Mono<Checkup> examine(Collection<RegistryName> registries, Collection<String> images) {
		Flux<Check> upstreams = Flux.fromIterable(registries).flatMapSequential(this::examine, AT_ONCE);
		Flux<Check> pulls = Flux.fromIterable(images)
			.flatMapSequential(this.explainer::explain, AT_ONCE)
			.map(Explanation::summary);
		return upstreams.concatWith(pulls)
			.collectList()
			.flatMap((checks) -> sourceProblems().map((problems) -> new Checkup(checks, problems)));
	}

	/** Helpers and files have been asked by now. */
	private Mono<List<String>> sourceProblems() {
		return Flux.defer(() -> Flux.fromIterable(this.sources.get()))
			.flatMapIterable(
					(state) -> state.problems().stream().map((problem) -> state.source() + ": " + problem).toList())
			.onErrorResume((failure) -> Flux.just("credentials: " + Unforeseen.words(failure)))
			.collectList();
	}

	private Flux<Check> examine(RegistryName name) {
		return this.clients.open(name, (transport) -> transport, UpstreamListener.NONE)
			.flatMapMany((client) -> logins(client).concatMap((login) -> examine(client, login))
				.onErrorResume((failure) -> Flux.just(withoutLogin(client, failure))))
			.onErrorResume((failure) -> Flux.just(Check.failed(name.toString(), Finding.NONE, failure)));
	}

	private static Flux<Login> logins(UpstreamClient client) {
		return client.logins(null)
			.timeout(PATIENCE)
			.onErrorMap(TimeoutException.class, Doctor::tooSlow)
			.flatMapMany(Flux::fromIterable);
	}

	private Check withoutLogin(UpstreamClient client, Throwable failure) {
		return summary(client, new WireRecord()).check(client.upstream().name().toString(),
				Finding.failed("unavailable"), Finding.NONE, failure);
	}

	private Mono<Check> examine(UpstreamClient untraced, Login login) {
		WireRecord record = new WireRecord();
		record.hide(Authorization.NONE.secretsOf(login)
			.and(HeaderSecrets.of(untraced.upstream().transport().headers().entrySet())));
		RegistryName name = untraced.upstream().name();
		return this.clients.open(name, record::over, UpstreamListener.NONE)
			.flatMap((client) -> ask(client, login).then(Mono.fromSupplier(() -> permission(login, record)))
				.map((permission) -> summary(client, record).check(name.toString(), Summary.credential(login),
						permission, null))
				.timeout(PATIENCE)
				.onErrorMap(TimeoutException.class, Doctor::tooSlow)
				.onErrorResume((failure) -> Mono.just(failed(summary(client, record), login, failure))));
	}

	private static Mono<Void> ask(UpstreamClient client, Login login) {
		Mono<Void> base = client.fetchAs(login, UpstreamRequest.base()).doOnNext(UpstreamAnswer::release).then();
		return client.upstream().name().isDockerHub() ? base.then(quota(client, login)) : base;
	}

	private static Mono<Void> quota(UpstreamClient client, Login login) {
		return client.fetchAs(login, DOCKER_HUB_QUOTA)
			.doOnNext(UpstreamAnswer::release)
			.onErrorComplete(RegistryException.class)
			.then();
	}

	/** Asked for when all went well. */
	private static Finding permission(Login login, WireRecord record) {
		boolean asked = record.exchanges()
			.stream()
			.anyMatch((exchange) -> exchange.outcome() instanceof WireExchange.Outcome.Answered answered
					&& !answered.challenges().isEmpty());
		if (login.isAnonymous()) {
			return asked ? Finding.ok("public images") : Finding.ok("all: asks for no login");
		}
		return asked ? Finding.ok("login accepted") : Finding.note("asks for no login");
	}

	/**
	 * A refused anonymous request is no fault: there may be public images all the same,
	 * or nobody wants any.
	 */
	private static Check failed(Summary summary, Login login, Throwable failure) {
		String subject = summary.upstream().name().toString();
		boolean refused = failure instanceof CredentialException.AccessDenied
				|| failure instanceof CredentialException.CredentialRejected;
		if (login.isAnonymous() && refused) {
			return summary.check(subject, Finding.note("none"), Finding.note("asks for a login"), null);
		}
		return summary.check(subject, Summary.credential(login), refused ? Finding.failed("refused") : Finding.NONE,
				failure);
	}

	private static RegistryException tooSlow(Throwable cause) {
		return new UpstreamException.UpstreamTimedOut("no answer within " + PATIENCE.toSeconds() + " s", cause);
	}

	private Summary summary(UpstreamClient client, WireRecord record) {
		return Summary.of(client.upstream(), record, this.wording);
	}

}
