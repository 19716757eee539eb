package dev.sluice.credential.helper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a helper's program: {@code get} as its argument, the server on its standard
 * input, no shell. Blocking; for one use by one thread.
 * <p>
 * Its output is polled, never waited for in a read: a process that it leaves behind
 * ({@code gpg-agent}) may keep the pipe open for ever, and would keep a reading thread
 * with it.
 */
final class HelperRun {

	static final int STDOUT_LIMIT = 64 * 1024;

	private static final int STDERR_KEPT = 4096;

	private static final int CHUNK = 8192;

	private static final long POLL_MILLIS = 5;

	/** By then the JDK has taken over what was left in the pipes of an ended process. */
	private static final Duration QUIET = Duration.ofMillis(100);

	private static final Duration DEATH = Duration.ofSeconds(1);

	private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();

	private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

	private final Process process;

	private HelperRun(Process process) {
		this.process = process;
	}

	/** How a run ended. */
	enum End {

		EXITED, TIMED_OUT, FLOODED

	}

	/**
	 * What a run gave.
	 *
	 * @param end how it ended
	 * @param exitStatus its exit status, 128 and the signal's number if one ended it;
	 * means nothing unless it exited
	 * @param stdout its standard output, perhaps a secret; cut if it flooded
	 * @param stderr the beginning of its standard error
	 */
	record Result(End end, int exitStatus, String stdout, String stderr) {

		@Override
		public String toString() {
			return "Result[" + this.end + " " + this.exitStatus + "]";
		}

	}

	/**
	 * Runs a program to its end, or ends it with all that it started.
	 * @param program the program
	 * @param path its {@code PATH}
	 * @param server what it is asked for
	 * @param timeout how long it may take
	 * @return what it gave
	 * @throws IOException if it can't be started
	 * @throws InterruptedException if this thread is interrupted
	 */
	static Result run(Path program, String path, String server, Duration timeout)
			throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(program.toString(), "get");
		builder.environment().put("PATH", path);
		HelperRun run = new HelperRun(builder.start());
		try {
			run.ask(server);
			return run.result(run.await(System.nanoTime() + timeout.toNanos()));
		}
		finally {
			run.end();
		}
	}

	private void ask(String server) {
		try (OutputStream stdin = this.process.getOutputStream()) {
			stdin.write(server.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			// It has ended or doesn't want to know: its exit status and stderr say more.
		}
	}

	private End await(long deadline) throws InterruptedException {
		boolean exited = false;
		while (!exited) {
			if (System.nanoTime() - deadline > 0) {
				return End.TIMED_OUT;
			}
			exited = this.process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
			drain();
			if (this.stdout.size() > STDOUT_LIMIT) {
				return End.FLOODED;
			}
		}
		drainStragglers();
		return (this.stdout.size() > STDOUT_LIMIT) ? End.FLOODED : End.EXITED;
	}

	private void drainStragglers() throws InterruptedException {
		long last = System.nanoTime();
		while (!isAnswered() && System.nanoTime() - last < QUIET.toNanos() && this.stdout.size() <= STDOUT_LIMIT) {
			if (drain()) {
				last = System.nanoTime();
			}
			TimeUnit.MILLISECONDS.sleep(1);
		}
	}

	private boolean isAnswered() {
		return this.process.exitValue() == 0 && stdoutText().stripTrailing().endsWith("}");
	}

	private boolean drain() {
		boolean out = drain(this.process.getInputStream(), this.stdout, STDOUT_LIMIT + 1);
		boolean err = drain(this.process.getErrorStream(), this.stderr, STDERR_KEPT);
		return out || err;
	}

	/** Reads what is there; what is beyond the limit is thrown away. */
	private static boolean drain(InputStream pipe, ByteArrayOutputStream kept, int limit) {
		try {
			byte[] bytes = pipe.readNBytes(Math.min(pipe.available(), CHUNK));
			kept.write(bytes, 0, Math.min(bytes.length, limit - kept.size()));
			return bytes.length > 0;
		}
		catch (IOException ex) {
			return false; // The JDK is closing the pipe of an ended process, and keeps
							// what was in it.
		}
	}

	private Result result(End end) {
		int status = (end == End.EXITED) ? this.process.exitValue() : -1;
		return new Result(end, status, stdoutText(), this.stderr.toString(StandardCharsets.UTF_8));
	}

	private String stdoutText() {
		return this.stdout.toString(StandardCharsets.UTF_8);
	}

	/** Descendants are looked up first: once their parent is gone, they are init's. */
	private void end() throws InterruptedException {
		if (this.process.isAlive()) {
			List<ProcessHandle> descendants = this.process.descendants().toList();
			this.process.destroyForcibly();
			descendants.forEach((child) -> {
				child.descendants().forEach(ProcessHandle::destroyForcibly);
				child.destroyForcibly();
			});
			this.process.waitFor(DEATH.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

}
