package dev.sluice.credential.helper;

import java.time.Duration;
import java.util.Set;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.credential.UnusableCredentialException;
import dev.sluice.oci.Printable;

/**
 * Says what a helper's output means (docker-credential-helpers, {@code get}). Its
 * messages never quote a standard output that may hold a secret. Thread-safe.
 */
final class AnswerReader {

	/** In place of a user name: the secret is an identity token. */
	private static final String TOKEN = "<token>";

	private static final String NOT_FOUND = "credentials not found in native keychain";

	private static final Set<String> NOTHING_TO_GIVE = Set.of("no credentials server URL", "no credentials username");

	private static final int SIGNALLED = 128;

	private static final int LAST_SIGNAL = 64;

	private final Duration timeout;

	AnswerReader(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Reads what a run gave.
	 * @param question what was asked
	 * @param result the run's result
	 * @return the answer
	 */
	HelperAnswer read(HelperQuestion question, HelperRun.Result result) {
		return switch (result.end()) {
			case TIMED_OUT ->
				failed(question, "it didn't answer within " + seconds() + " s and was ended" + said(result));
			case FLOODED -> failed(question, "it wrote more than 64 KiB to its stdout and was ended" + said(result));
			case EXITED -> (result.exitStatus() == 0) ? answer(question, result) : refusal(question, result);
		};
	}

	/**
	 * A failure that the run's result doesn't tell.
	 * @param question what was asked
	 * @param cause what happened, as a sentence without its end
	 * @return the answer
	 */
	static HelperAnswer.Failed failed(HelperQuestion question, String cause) {
		return new HelperAnswer.Failed(
				"no login from " + question + ": " + cause + "; to look into it, run as Sluice's user: echo "
						+ Printable.of(question.server()) + " | " + HelperQuestion.program(question.helper()) + " get");
	}

	private static HelperAnswer refusal(HelperQuestion question, HelperRun.Result result) {
		String text = result.stdout().strip();
		if (text.contains(NOT_FOUND) || NOTHING_TO_GIVE.contains(text)) {
			return new HelperAnswer.None();
		}
		SpokenWords words = new SpokenWords(result);
		return words.notSetUp()
			.<HelperAnswer>map(HelperAnswer.NotSetUp::new)
			.orElseGet(() -> failed(question, ending(result) + words.saying() + said(result)));
	}

	private static String ending(HelperRun.Result result) {
		int signal = result.exitStatus() - SIGNALLED;
		return "it ended with status " + result.exitStatus()
				+ ((signal > 0 && signal <= LAST_SIGNAL) ? " (signal " + signal + ")" : "");
	}

	private static HelperAnswer answer(HelperQuestion question, HelperRun.Result result) {
		return AnswerText.read(result.stdout())
			.map((answer) -> credential(question, answer.username(), answer.secret()))
			.orElseGet(() -> failed(question, "its answer is no JSON object with Username and Secret" + said(result)));
	}

	private static HelperAnswer credential(HelperQuestion question, String username, String secret) {
		if (username.isEmpty() && secret.isEmpty()) {
			return new HelperAnswer.None();
		}
		if (username.isEmpty() || (username.equals(TOKEN) && secret.isEmpty())) {
			return failed(question, "its answer has an empty " + (username.isEmpty() ? "Username" : "Secret"));
		}
		try {
			return new HelperAnswer.Found(
					username.equals(TOKEN) ? new Credential.IdentityToken(null, new Secret(secret))
							: new Credential.Basic(username, new Secret(secret)));
		}
		catch (UnusableCredentialException ex) {
			return failed(question, "its answer can't be used, for " + ex.getMessage());
		}
	}

	private static String said(HelperRun.Result result) {
		return result.stderr()
			.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.findFirst()
			.map((line) -> ", stderr: " + Printable.of(line))
			.orElse("");
	}

	private String seconds() {
		return String.valueOf(this.timeout.toMillis() / 1000.0).replaceFirst("\\.0$", "");
	}

}
