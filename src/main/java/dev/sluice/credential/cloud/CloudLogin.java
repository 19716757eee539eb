package dev.sluice.credential.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChangeListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One credential of a cloud, kept and renewed. However many want it, the cloud is asked
 * once. From half of its life on, callers still get it while another is asked for, every
 * half minute until that succeeds. The answer that there is no such identity is renewed
 * in the same way every minute, a failure after ten seconds. A rejection drops the
 * credential, but a second one within half a minute doesn't. Thread-safe; never blocks.
 */
final class CloudLogin {

	private static final Logger LOG = LoggerFactory.getLogger(CloudSource.class);

	private static final Duration RENEW_AGAIN = Duration.ofSeconds(30);

	private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

	private static final Duration TELL_FAILURE = Duration.ofSeconds(10);

	private static final Duration BETWEEN_REJECTIONS = Duration.ofSeconds(30);

	private final Supplier<CompletableFuture<Issue>> question;

	private final InstantSource clock;

	private final CredentialChangeListener listener;

	/** What is told now, or nothing yet. */
	private @Nullable Issue held;

	private Instant askAgain = Instant.MIN;

	private Instant heedRejection = Instant.MIN;

	private @Nullable CompletableFuture<Issue> running;

	/** The credential given out last, perhaps dropped since. */
	private @Nullable Credential last;

	private @Nullable String problem;

	CloudLogin(Supplier<CompletableFuture<Issue>> question, InstantSource clock, CredentialChangeListener listener) {
		this.question = question;
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * What we have, or what is asked for now.
	 * @return what came of asking
	 */
	Mono<Issue> current() {
		return Mono.defer(this::now);
	}

	private Mono<Issue> now() {
		CompletableFuture<Issue> own = new CompletableFuture<>();
		Mono<Issue> answer;
		synchronized (this) {
			Instant now = this.clock.instant();
			Issue kept = kept(now);
			boolean due = kept == null || !now.isBefore(this.askAgain);
			CompletableFuture<Issue> under = this.running;
			answer = (kept != null) ? Mono.just(kept) : Mono.fromFuture((under != null) ? under : own, true);
			if (!due || under != null) {
				return answer;
			}
			this.running = own;
		}
		this.question.get().thenAccept((issue) -> own.complete(settle(issue)));
		return answer;
	}

	/** An old failure isn't told any more: the next caller waits for a new answer. */
	private @Nullable Issue kept(Instant now) {
		return switch (this.held) {
			case Issue.Granted granted when !now.isBefore(granted.end()) -> null;
			case Issue.Failed _ when !now.isBefore(this.askAgain.plus(LOOK_AGAIN)) -> null;
			case null, default -> this.held;
		};
	}

	/**
	 * A registry or token server refused a credential.
	 * @param credential perhaps another one
	 */
	synchronized void rejected(Credential credential) {
		Instant now = this.clock.instant();
		if (this.held instanceof Issue.Granted granted && granted.credential().equals(credential)
				&& !now.isBefore(this.heedRejection)) {
			this.held = null;
			this.heedRejection = now.plus(BETWEEN_REJECTIONS);
		}
	}

	/**
	 * What is wrong.
	 * @return one sentence, or empty
	 */
	synchronized Optional<String> problem() {
		return Optional.ofNullable(this.problem);
	}

	private Issue settle(Issue issue) {
		Credential dropped;
		Issue told;
		synchronized (this) {
			Instant now = this.clock.instant();
			this.running = null;
			told = take(issue, now);
			dropped = droppedFor(told);
		}
		if (dropped != null) {
			this.listener.credentialsDropped(Set.of(dropped));
		}
		return told;
	}

	private Issue take(Issue issue, Instant now) {
		if (!(issue instanceof Issue.Granted) && this.held instanceof Issue.Granted old && now.isBefore(old.end())) {
			tell(words(issue) + "; the credential in use is good until " + old.end());
			this.askAgain = now.plus(RENEW_AGAIN);
			return old;
		}
		this.held = issue;
		this.askAgain = now.plus(switch (issue) {
			case Issue.Granted granted -> halfOf(Duration.between(now, granted.end()));
			case Issue.Absent _ -> LOOK_AGAIN;
			case Issue.Failed _ -> TELL_FAILURE;
		});
		tell((issue instanceof Issue.Failed failed) ? failed.message() : null);
		return issue;
	}

	private static Duration halfOf(Duration life) {
		return life.isNegative() ? Duration.ZERO : life.dividedBy(2);
	}

	private static String words(Issue issue) {
		return switch (issue) {
			case Issue.Failed failed -> failed.message();
			case Issue.Absent absent -> absent.why();
			case Issue.Granted _ -> "";
		};
	}

	private void tell(@Nullable String cause) {
		if (cause != null && !cause.equals(this.problem)) {
			LOG.warn("{}", cause);
		}
		this.problem = cause;
	}

	private @Nullable Credential droppedFor(Issue told) {
		Credential before = this.last;
		switch (told) {
			case Issue.Granted granted -> this.last = granted.credential();
			case Issue.Absent _ -> this.last = null;
			case Issue.Failed _ -> {
				return null;
			}
		}
		return (before != null && !before.equals(this.last)) ? before : null;
	}

}
