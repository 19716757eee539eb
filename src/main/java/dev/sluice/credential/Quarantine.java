package dev.sluice.credential;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.credential.Standing.Accepted;
import dev.sluice.credential.Standing.Rejected;
import dev.sluice.credential.Standing.Trying;
import dev.sluice.oci.CredentialException.CredentialRejected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps a credential that a server rejects from being presented over and over: after
 * {@link Pauses growing pauses} one probe asks whether it is accepted again; one that
 * changes is another credential and tried at once. Of a credential that isn't known yet
 * one presentation is under way at a time, and the others wait for what comes of it, half
 * a minute at most. One that worked until now is tried again after 2 s by what is wanted
 * itself: the server may have been out of order for a moment.
 * <p>
 * A refusal may also mean that the credential may not do this one thing. The probe asks
 * for nothing in particular: where it succeeds, or did within the last
 * {@value #TRUSTED_SECONDS} s, the refusal is a denial and the credential stays in use.
 * Bounded; thread-safe; never blocks.
 */
public final class Quarantine implements CredentialChangeListener {

	/** For how many seconds a credential is trusted after a probe found it good. */
	static final int TRUSTED_SECONDS = 5;

	/**
	 * How many seconds longer a credential is trusted where a probe was wrong, and found
	 * a good one bad: what that server's {@code /v2/} says may mean nothing.
	 */
	private static final int GLITCH_TRUSTED_SECONDS = 60;

	/** How long a caller waits for what others find out. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

	private static final int BOUND = 10_000;

	private final InstantSource clock;

	private final Pauses pauses;

	private final Cache<Presented, Standing> standings = Caffeine.newBuilder().maximumSize(BOUND).build();

	public Quarantine(InstantSource clock) {
		this(clock, new Pauses());
	}

	Quarantine(InstantSource clock, Pauses pauses) {
		this.clock = clock;
		this.pauses = pauses;
	}

	/**
	 * Presents a credential unless it is in quarantine.
	 * @param login the credential
	 * @param place the server, as logs name it
	 * @param attempt presents it; its error is a {@link Refusal} where it was refused
	 * @param probe presents it for nothing in particular; its error is a {@link Refusal}
	 * where it was refused so too
	 * @return what the attempt yields. Errors: the attempt's own, its {@link Refusal} too
	 * if that was a denial; {@link CredentialRejected} if the credential is no good
	 */
	public <T> Mono<T> present(Login login, String place, Mono<T> attempt, Mono<?> probe) {
		Presentation<T> presentation = new Presentation<>(new Presented(login.credential(), place), login.source(),
				attempt, probe);
		return Mono.defer(() -> present(presentation, this.clock.instant().plus(PATIENCE)));
	}

	/**
	 * Whether a server took a credential when it was last presented there.
	 * @param login the credential
	 * @param place the server, as logs name it
	 * @return whether it is in use; not if that isn't known yet, or being found out
	 */
	public boolean isInUse(Login login, String place) {
		return this.standings.getIfPresent(new Presented(login.credential(), place)) instanceof Accepted;
	}

	/** What was made from these credentials counts no more. */
	@Override
	public void credentialsDropped(Set<Credential> credentials) {
		this.standings.asMap().keySet().removeIf((key) -> credentials.contains(key.credential()));
	}

	/**
	 * What is in quarantine.
	 * @return one sentence for each credential and server
	 */
	public List<String> problems() {
		return this.standings.asMap().values().stream().flatMap((it) -> it.problem().stream()).sorted().toList();
	}

	private <T> Mono<T> present(Presentation<T> it, Instant deadline) {
		return switch (this.standings.getIfPresent(it.key())) {
			case Accepted accepted -> attempt(it, accepted);
			case Rejected rejected when isDue(rejected) -> tryAgain(it, rejected, deadline);
			case Rejected rejected -> Mono.error(held(rejected));
			case Trying trying when this.clock.instant().isBefore(deadline) -> trying.settled()
				.timeout(PATIENCE)
				.onErrorComplete(TimeoutException.class)
				.then(Mono.defer(() -> present(it, deadline)));
			case Trying _ -> it.attempt();
			case null -> tryFirst(it, deadline);
		};
	}

	private <T> Mono<T> tryFirst(Presentation<T> it, Instant deadline) {
		Trying trying = new Trying(new CompletableFuture<>());
		if (this.standings.asMap().putIfAbsent(it.key(), trying) != null) {
			return present(it, deadline);
		}
		return it.attempt()
			.doOnSuccess((_) -> settle(it, trying, Accepted.UNPROBED))
			.onErrorResume(Refusal.class, (refusal) -> judge(it, trying, refusal, false))
			.doOnError((_) -> forget(it, trying))
			.doOnCancel(() -> forget(it, trying));
	}

	private <T> Mono<T> attempt(Presentation<T> it, Accepted accepted) {
		return it.attempt().onErrorResume(Refusal.class, (refusal) -> doubt(it, accepted, refusal));
	}

	private <T> Mono<T> doubt(Presentation<T> it, Accepted accepted, Refusal refusal) {
		if (accepted.probed().plusSeconds(TRUSTED_SECONDS).isAfter(this.clock.instant())) {
			return Mono.error(refusal);
		}
		Trying trying = new Trying(new CompletableFuture<>());
		return this.standings.asMap().replace(it.key(), accepted, trying)
				? judge(it, trying, refusal, true).doOnCancel(() -> forget(it, trying)) : othersVerdict(it, refusal);
	}

	/** Somebody else's probe tells. */
	private <T> Mono<T> othersVerdict(Presentation<T> it, Refusal refusal) {
		return switch (this.standings.getIfPresent(it.key())) {
			case Trying trying -> trying.settled().then(Mono.defer(() -> verdict(it, refusal)));
			case null, default -> verdict(it, refusal);
		};
	}

	private <T> Mono<T> verdict(Presentation<T> it, Refusal refusal) {
		if (this.standings.getIfPresent(it.key()) instanceof Rejected rejected) {
			return Mono.error(held(rejected));
		}
		return Mono.error(refusal);
	}

	private <T> Mono<T> tryAgain(Presentation<T> it, Rejected rejected, Instant deadline) {
		Trying trying = new Trying(new CompletableFuture<>());
		if (!this.standings.asMap().replace(it.key(), rejected, trying)) {
			return present(it, deadline);
		}
		return rejected.isGlitch() ? foundOut(it, it.attempt(), trying, rejected)
				: foundOut(it, it.probe(), trying, rejected).then(Mono.defer(() -> present(it, deadline)));
	}

	private <P> Mono<P> foundOut(Presentation<?> it, Mono<P> asked, Trying trying, Rejected rejected) {
		return asked.doOnSuccess((_) -> {
			LOG.info("{} is accepted by {} again", it.source(), it.key().place());
			settle(it, trying, accepted(rejected.isGlitch() ? GLITCH_TRUSTED_SECONDS : 0));
		})
			.onErrorMap(Refusal.class, (refusal) -> reject(it, trying, refusal, rejected.times(), rejected.worked()))
			.doOnError((_) -> settle(it, trying, rejected))
			.doOnCancel(() -> settle(it, trying, rejected));
	}

	/** Whether a refusal is a denial or a rejection: the probe tells. */
	private <T> Mono<T> judge(Presentation<T> it, Trying trying, Refusal refusal, boolean worked) {
		return it.probe().doOnSuccess((_) -> settle(it, trying, accepted(0))).onErrorMap(Refusal.class, (again) -> {
			LOG.warn(
					"{}; it isn't presented again for a while, unless it changes; public content is asked for as nobody",
					again.said());
			return reject(it, trying, again, 0, worked);
		}).onErrorMap((ex) -> !(ex instanceof CredentialRejected), (ex) -> {
			forget(it, trying);
			return refusal;
		}).then(Mono.error(refusal));
	}

	private CredentialRejected reject(Presentation<?> it, Trying trying, Refusal refusal, int times, boolean worked) {
		Duration pause = worked ? this.pauses.afterUse(times) : this.pauses.after(times);
		Duration patience = it.key().isPresentedTwice() ? Pauses.longer(pause, Pauses.OF_TWO_FORMS) : pause;
		Rejected rejected = new Rejected(times + 1, this.clock.instant().plus(patience), refusal.said(), worked);
		settle(it, trying, rejected);
		return held(rejected);
	}

	/** The same words for as long as it lasts: clients show them, and people compare. */
	private static CredentialRejected held(Rejected rejected) {
		return new CredentialRejected(
				rejected.said() + "; it is presented again now and then, and at once when it changes");
	}

	private Accepted accepted(int moreSeconds) {
		return new Accepted(this.clock.instant().plusSeconds(moreSeconds));
	}

	private void settle(Presentation<?> it, Trying trying, Standing verdict) {
		this.standings.asMap().replace(it.key(), trying, verdict);
		trying.promise().complete(null);
	}

	private void forget(Presentation<?> it, Trying trying) {
		this.standings.asMap().remove(it.key(), trying);
		trying.promise().complete(null);
	}

	private boolean isDue(Rejected rejected) {
		return !rejected.until().isAfter(this.clock.instant());
	}

	private record Presented(Credential credential, String place) {

		/** In both forms that token servers know: one probe costs two presentations. */
		boolean isPresentedTwice() {
			return this.credential instanceof Credential.IdentityToken identity && identity.username() != null;
		}

	}

	private record Presentation<T>(Presented key, String source, Mono<T> attempt, Mono<?> probe) {
	}

}
