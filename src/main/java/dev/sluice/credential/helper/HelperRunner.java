package dev.sluice.credential.helper;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.sluice.credential.Credential;
import dev.sluice.oci.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs helpers on virtual threads, four at once; 64 more questions may wait. Threads that
 * have nothing to do end. Thread-safe; never blocks the caller.
 */
final class HelperRunner implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(HelperRunner.class);

	private static final int RUNS = 4;

	private static final int WAITING = 64;

	private static final int STDERR_LOGGED = 1000;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(RUNS, RUNS, 1, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(WAITING), Thread.ofVirtual().name("credential-helper-", 0).factory());

	private final HelperPath path;

	private final MissingHelpers missing;

	private final UnreadyHelpers unready;

	private final Duration timeout;

	private final AnswerReader reader;

	HelperRunner(HelperPath path, MissingHelpers missing, UnreadyHelpers unready, Duration timeout) {
		this.path = path;
		this.missing = missing;
		this.unready = unready;
		this.timeout = timeout;
		this.reader = new AnswerReader(timeout);
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Asks a helper as soon as it is its turn.
	 * @param question what is asked
	 * @param receiver takes the answer, at once if too many wait
	 */
	void ask(HelperQuestion question, Consumer<HelperAnswer> receiver) {
		try {
			this.threads.execute(() -> receiver.accept(answer(question)));
		}
		catch (RejectedExecutionException ex) {
			receiver.accept(new HelperAnswer.Busy());
		}
	}

	int threads() {
		return this.threads.getPoolSize();
	}

	/** Ends the runs under way. */
	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	private HelperAnswer answer(HelperQuestion question) {
		Optional<Path> program = this.path.find(question.helper());
		if (program.isEmpty()) {
			this.missing.wanted(question);
			return new HelperAnswer.Missing();
		}
		this.missing.found(question.helper());
		try {
			return run(program.get(), question);
		}
		catch (IOException ex) {
			return AnswerReader.failed(question,
					"it can't be started (" + Printable.of(String.valueOf(ex.getMessage())) + ")");
		}
		catch (InterruptedException ex) {
			return AnswerReader.failed(question, "Sluice is stopping");
		}
		catch (RuntimeException | Error ex) { // no thread for the process is an Error
			LOG.error("Asking {} failed by {}", question, ex.getClass().getName());
			return AnswerReader.failed(question, "a defect of Sluice, its log has more");
		}
	}

	private HelperAnswer run(Path program, HelperQuestion question) throws IOException, InterruptedException {
		HelperRun.Result result = HelperRun.run(program, this.path.value(), question.server(), this.timeout);
		HelperAnswer answer = this.reader.read(question, result);
		this.unready.answered(question, answer);
		if (!result.stderr().isBlank() && !repeatsSecret(answer, result.stderr())) {
			LOG.debug("{} says on stderr: {}", question, Printable.of(result.stderr().strip(), STDERR_LOGGED));
		}
		return answer;
	}

	private static boolean repeatsSecret(HelperAnswer answer, String text) {
		return answer instanceof HelperAnswer.Found(Credential credential) && switch (credential) {
			case Credential.Basic basic -> text.contains(basic.password().reveal());
			case Credential.IdentityToken token -> text.contains(token.token().reveal());
			case Credential.RegistryToken _, Credential.Anonymous _ -> false;
		};
	}

}
