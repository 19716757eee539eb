package dev.sluice.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.sluice.diagnose.PastedText.Word;

/**
 * The options of the commands that people paste, in as far as they tell an image from
 * what is none.
 */
final class Options {

	/** Those that no value follows as a word. */
	private static final Set<String> FLAGS = Set.of("-q", "--quiet", "-a", "--all-tags", "--all", "--rm", "-d",
			"--detach", "-i", "-t", "-it", "-ti", "-dit", "-itd", "-dt", "-di", "--interactive", "--tty", "--init",
			"--privileged", "--insecure", "--raw", "--plain-http", "--all-platforms", "--tls-verify", "--verbose",
			"--debug", "-D", "-k", "--read-only", "-P", "--publish-all", "--no-trunc", "--force", "--no-creds",
			"--replace", "--sig-proxy", "--no-healthcheck", "--devel", "--insecure-skip-tls-verify", "-E", "-", "--",
			"--disable-content-trust", "--tls", "--tlsverify", "--help", "--pretty", "--recursive", "-r", "--full-ref",
			"--omit-digest-tags", "--all-metadata", "--skip-verify", "--local", "--digests", "--remote", "--no-cache",
			"--allow-insecure-registry", "--http-proxy", "--preserve-digests", "--list-tags", "--confirm",
			"--descriptor", "--skip-metadata", "--list", "--tree", "--no-resolve", "--no-clobber", "--password-stdin");

	/** Those that a value follows. */
	private static final Set<String> VALUED = Set.of("-o", "--output", "-f", "--format", "--file", "-c", "-n",
			"--namespace", "--context", "--config", "--authfile", "--platform", "--os", "--arch", "--variant",
			"--log-level", "--address", "--snapshotter", "--label", "--cert-dir", "--hosts-dir", "--tag", "--name");

	/** Those whose value may be a secret, and is never an image. */
	private static final Set<String> SECRET = Set.of("-u", "--user", "--username", "-p", "--password", "--pass",
			"--creds", "--cred", "--src-creds", "--dest-creds", "--registry-token", "--src-registry-token",
			"--dest-registry-token", "--auth", "--token", "-e", "--env", "-H", "--header", "--key", "--passphrase",
			"--from-username", "--from-password", "--from-creds", "--to-username", "--to-password", "--secret",
			"--identity-token", "--docker-password", "--docker-username", "--docker-email", "--build-arg", "-b",
			"--cookie", "--oauth2-bearer", "--proxy-user", "-U", "--from-literal", "--src-username", "--src-password",
			"--dest-username", "--dest-password", "--decryption-key", "--registry-username", "--registry-password");

	/** Of a client that nobody here knows, {@code --registry-pass}. */
	private static final Pattern SECRET_BY_NAME = Pattern
		.compile("-{1,2}(?:[a-z-]{0,40}-)?(?:pass[a-z]*+|pwd|pw|token|secret|creds?)", Pattern.CASE_INSENSITIVE);

	private Options() {
	}

	/**
	 * Whether the next word is, or may be, its value.
	 * @param word any word
	 * @return whether it is an option without its value
	 */
	static boolean isValued(Word word) {
		return word.isOption() && word.text().indexOf('=') < 0 && !FLAGS.contains(word.text());
	}

	/**
	 * Whether the next word is its value for sure.
	 * @param word an option
	 * @return whether it is known to have one
	 */
	static boolean isKnown(Word word) {
		return VALUED.contains(word.text()) || isSecret(word);
	}

	/**
	 * Whether it is known, and has no secret with it.
	 * @param word an option, perhaps with its value
	 * @return whether it may stand beside an image's name
	 */
	static boolean isHarmless(Word word) {
		int equals = word.text().indexOf('=');
		String name = (equals < 0) ? word.text() : word.text().substring(0, equals);
		return FLAGS.contains(name) || VALUED.contains(name);
	}

	/**
	 * Whether its value may be a secret.
	 * @param word an option
	 * @return whether it is one that logs in, or hands a variable or a header on
	 */
	static boolean isSecret(Word word) {
		return SECRET.contains(word.text()) || SECRET_BY_NAME.matcher(word.text()).matches();
	}

	/**
	 * The value of an option.
	 * @param words a command's words
	 * @param option its name
	 * @return its value, where it has one
	 */
	static Optional<String> value(List<Word> words, String option) {
		for (int at = 0; at < words.size(); at++) {
			String text = words.get(at).text();
			if (text.startsWith(option + "=")) {
				return Optional.of(Word.of(text.substring(option.length() + 1)).text());
			}
			if (text.equals(option) && at + 1 < words.size()) {
				return Optional.of(words.get(at + 1).text());
			}
		}
		return Optional.empty();
	}

}
