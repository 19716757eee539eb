package dev.sluice.credential.helper;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.OverloadException;
import reactor.core.publisher.Mono;

/**
 * Asks credential helpers, and keeps their answers: a login for five minutes, that there
 * is none, or no store, for 30 seconds, a failure for ten, so that a helper that hangs
 * isn't run for each request. One run is under way for a question, few in all. A login
 * that is rejected is asked for anew; while the helper gives the same again, every 30
 * seconds. Thread-safe; never blocks the caller unless said so.
 */
public final class CredentialHelpers implements AutoCloseable {

	/** How long a helper may take, unless said otherwise. */
	public static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int ANSWERS = 1000;

	private final ConcurrentMap<HelperQuestion, HelperEntry> entries = Caffeine.newBuilder()
		.maximumSize(ANSWERS)
		.<HelperQuestion, HelperEntry>build()
		.asMap();

	private final UnreadyHelpers unready = new UnreadyHelpers();

	private final MissingHelpers missing;

	private final HelperRunner runner;

	private final InstantSource clock;

	private final CredentialChangeListener listener;

	/**
	 * Makes ready; runs nothing yet.
	 * @param path where helpers are looked for, as in {@code PATH}, and their own
	 * {@code PATH}
	 * @param timeout how long one may take
	 * @param clock the time by which answers expire
	 * @param listener told of a login in whose place a helper gives another, or none
	 */
	public CredentialHelpers(String path, Duration timeout, InstantSource clock, CredentialChangeListener listener) {
		HelperPath programs = new HelperPath(path);
		this.missing = new MissingHelpers(programs);
		this.runner = new HelperRunner(programs, this.missing, this.unready, timeout);
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * Asks a helper, or takes its last answer.
	 * @param question what is asked
	 * @return the login; empty if the helper has none, or can't be run here, which is
	 * logged once. Errors: {@link CredentialException.CredentialUnavailable} if it fails,
	 * {@link CredentialException.IdentityUnavailable} if it isn't set up for this user,
	 * which is logged once, {@link OverloadException.Overloaded} if too many wait
	 */
	public Mono<Credential> find(HelperQuestion question) {
		return Mono.defer(() -> answer(question)).flatMap((answer) -> login(question, answer));
	}

	/**
	 * A registry or token server refused a login: the helper that gave it is asked again.
	 * @param credential the login
	 */
	public void rejected(Credential credential) {
		Instant now = this.clock.instant();
		this.entries.forEach((question, entry) -> {
			if (entry instanceof HelperEntry.Answered answered && answered.isRejectable(credential, now)) {
				this.entries.replace(question, answered, answered.rejectedAt(now));
			}
		});
	}

	/**
	 * What is wrong with a helper that keeps logins. Blocking, since it looks at the
	 * disk; logs nothing: it is up to the caller to tell the operator.
	 * @param helper the helper's name
	 * @param subjects whose logins it keeps, sorted, not empty
	 * @return what to tell the operator, or empty if it can be run, and is set up as far
	 * as it was asked
	 */
	public Optional<String> problem(String helper, Collection<String> subjects) {
		return this.missing.problem(helper, subjects).or(() -> this.unready.problem(helper));
	}

	/**
	 * What is wrong with a helper, as far as it was asked already. Blocking, since it
	 * looks at the disk.
	 * @param helper the helper's name
	 * @return what the operator was told, or empty if it can be run or wasn't wanted
	 */
	public Optional<String> problem(String helper) {
		return this.missing.problem(helper).or(() -> this.unready.problem(helper));
	}

	/**
	 * How many threads there are for runs, at work or not.
	 * @return about so many
	 */
	int threads() {
		return this.runner.threads();
	}

	/** Ends the runs under way. */
	@Override
	public void close() {
		this.runner.close();
	}

	private Mono<HelperAnswer> answer(HelperQuestion question) {
		return switch (this.entries.get(question)) {
			case HelperEntry.Running running -> await(running);
			case HelperEntry.Answered answered when answered.isFresh(this.clock.instant()) ->
				Mono.just(answered.answer());
			case HelperEntry.Answered stale -> {
				HelperEntry.Running own = HelperEntry.Running.after(stale);
				yield this.entries.replace(question, stale, own) ? begin(question, own) : answer(question);
			}
			case null -> {
				HelperEntry.Running own = HelperEntry.Running.first();
				yield (this.entries.putIfAbsent(question, own) == null) ? begin(question, own) : answer(question);
			}
		};
	}

	private Mono<HelperAnswer> begin(HelperQuestion question, HelperEntry.Running own) {
		this.runner.ask(question, (answer) -> settle(question, own, answer));
		return await(own);
	}

	private void settle(HelperQuestion question, HelperEntry.Running own, HelperAnswer answer) {
		HelperEntry.Answered settled = own.answered(answer, this.clock.instant());
		this.entries.replace(question, own, settled);
		try {
			Credential before = own.last();
			if (before != null && !before.equals(settled.last())) {
				this.listener.credentialsDropped(Set.of(before));
			}
		}
		finally {
			own.promise().complete(answer);
		}
	}

	private static Mono<HelperAnswer> await(HelperEntry.Running running) {
		return Mono.fromFuture(running.promise(), true);
	}

	private static Mono<Credential> login(HelperQuestion question, HelperAnswer answer) {
		return switch (answer) {
			case HelperAnswer.Found(Credential credential) -> Mono.just(credential);
			case HelperAnswer.None _, HelperAnswer.Missing _ -> Mono.empty();
			case HelperAnswer.NotSetUp(String words) ->
				Mono.error(() -> new CredentialException.IdentityUnavailable(UnreadyHelpers.text(question, words)));
			case HelperAnswer.Failed(String message) ->
				Mono.error(() -> new CredentialException.CredentialUnavailable(message));
			case HelperAnswer.Busy _ ->
				Mono.error(() -> new OverloadException.Overloaded("too many credential helpers are to be run at once",
						Duration.ofSeconds(1)));
		};
	}

}
