package dev.sluice.diagnose;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.pull.Pulled;
import dev.sluice.route.Router;
import dev.sluice.route.Target;
import dev.sluice.route.Wanted;
import dev.sluice.upstream.UpstreamClient;
import dev.sluice.upstream.UpstreamDirectory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Goes through a pull of one image and tells each step: which registry is meant, as whom
 * it is asked, what it answers. It takes the very way that pulls take, but remembers no
 * challenge and no token, so that each step shows. Thread-safe; never blocks.
 */
public final class Explainer {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int LONGEST_SUBJECT = 1024;

	/** What was pasted may hold a login: it isn't shown where no image is found. */
	private static final String NO_IMAGE = "(no image)";

	private final Router router;

	private final TracedClients clients;

	private final Wording wording;

	/**
	 * Makes an explainer.
	 * @param router finds the registry
	 * @param clients makes clients
	 * @param wording how findings are put
	 */
	Explainer(Router router, TracedClients clients, Wording wording) {
		this.router = router;
		this.clients = clients;
		this.wording = wording;
	}

	/**
	 * Explains a pull.
	 * @param image the image, {@code [registry/]repository[:tag][@digest]}, or what
	 * people paste: a client's command, a URL
	 * @return the steps as far as they went; never an error
	 */
	public Mono<Explanation> explain(String image) {
		return Mono.fromSupplier(() -> PastedImage.in(image))
			.flatMap(this::pulled)
			.onErrorResume((failure) -> Mono.just(new Story(NO_IMAGE, this.wording).failed(failure)));
	}

	private Mono<Explanation> pulled(String image) {
		Story story = new Story(Printable.of(image, LONGEST_SUBJECT), this.wording);
		return Mono.fromSupplier(() -> ImageName.parse(image))
			.flatMap((name) -> explain(story, name))
			.timeout(PATIENCE)
			.onErrorMap(TimeoutException.class, Explainer::tooSlow)
			.onErrorResume((failure) -> Mono.just(story.failed(failure)));
	}

	private Mono<Explanation> explain(Story story, ImageName name) {
		Wanted wanted = this.router.asked(name.name());
		story.asked(wanted);
		Target target = this.router.route(wanted);
		story.routed(new Routed(wanted, name.reference(), target, this.router.claimedBy(wanted)));
		return this.clients.open(target.registry(), story.record()::over, story)
			.doOnNext((client) -> story.upstream(client.upstream()))
			.flatMap((client) -> client.logins(target.repository())
				.doOnNext(story::logins)
				.then(pull(story, name, target, client)))
			.thenReturn(story)
			.map(Story::good);
	}

	private static Mono<Void> pull(Story story, ImageName name, Target target, UpstreamClient client) {
		PullTrial trial = new PullTrial(
				new UpstreamDirectory(List.of(target.registry()), (_) -> client, Schedulers.immediate()), target);
		return trial.resolve(name.reference())
			.doOnNext(story::resolved)
			.flatMap((manifest) -> trial.pull(manifest.digest()))
			.doOnSuccess(story::pulled)
			.then()
			.doOnDiscard(Pulled.class, Pulled::release);
	}

	private static RegistryException tooSlow(Throwable cause) {
		return new UpstreamException.UpstreamTimedOut("the pull got no further within " + PATIENCE.toSeconds() + " s",
				cause);
	}

}
