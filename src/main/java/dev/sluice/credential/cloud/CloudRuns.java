package dev.sluice.credential.cloud;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.sluice.credential.UnusableCredentialException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks clouds on virtual threads, four at once; 64 more questions may wait. One that
 * takes longer than a limit is interrupted. Threads that have nothing to do end.
 * Thread-safe; never blocks the caller.
 */
public final class CloudRuns implements AutoCloseable {

	/** How long a question may take, unless said otherwise. */
	public static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Logger LOG = LoggerFactory.getLogger(CloudRuns.class);

	private static final int RUNS = 4;

	private static final int WAITING = 64;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(RUNS, RUNS, 1, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(WAITING), Thread.ofVirtual().name("cloud-identity-", 0).factory());

	private final Duration timeout;

	public CloudRuns(Duration timeout) {
		this.timeout = timeout;
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Asks as soon as it is its turn.
	 * @param name the identity in words
	 * @param question asks, and may block
	 * @return what came of it; never fails
	 */
	CompletableFuture<Issue> ask(String name, Supplier<Issue> question) {
		CompletableFuture<Issue> answer = new CompletableFuture<>();
		try {
			Future<?> run = this.threads.submit(() -> answer.complete(issue(name, question)));
			return answer
				.completeOnTimeout(new Issue.Failed(name + ": no credential within " + this.timeout.toSeconds() + " s"),
						this.timeout.toMillis(), TimeUnit.MILLISECONDS)
				.whenComplete((_, _) -> run.cancel(true));
		}
		catch (RejectedExecutionException ex) {
			answer.complete(new Issue.Failed(name + ": too many credentials are asked for at once"));
			return answer;
		}
	}

	private static Issue issue(String name, Supplier<Issue> question) {
		try {
			return question.get();
		}
		catch (CloudException ex) {
			return new Issue.Failed(name + ": " + ex.said());
		}
		catch (UnusableCredentialException ex) {
			return new Issue.Failed(name + ": the credential that it gives can't be used, for " + ex.getMessage());
		}
		catch (RuntimeException | Error ex) { // its message may quote what was answered
			LOG.error("{}: asking for a credential failed by {}", name, ex.getClass().getName());
			return new Issue.Failed(name + ": a defect of Sluice, its log has more");
		}
	}

	/** Interrupts the questions under way. */
	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
