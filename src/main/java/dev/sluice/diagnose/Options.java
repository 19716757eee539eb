package dev.sluice.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.Set;

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
			"--debug", "-k", "--read-only", "-P", "--publish-all", "--no-trunc", "--force", "--no-creds", "--replace",
			"--sig-proxy", "--no-healthcheck", "--devel", "--insecure-skip-tls-verify", "-E", "-", "--");

	/** Those whose value may be a secret, and is never an image. */
	private static final Set<String> SECRET = Set.of("-u", "--user", "--username", "-p", "--password", "--creds",
			"--src-creds", "--dest-creds", "--registry-token", "--src-registry-token", "--dest-registry-token",
			"--auth", "--token", "-e", "--env", "-H", "--header", "--key", "--passphrase", "--from-username",
			"--from-password");

	private static final Set<String> IMAGE = Set.of("--image", "--from");

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
	 * What an option names as an image.
	 * @param words a command's words
	 * @return the image
	 */
	static Optional<String> image(List<Word> words) {
		return IMAGE.stream().flatMap((option) -> value(words, option).stream()).findFirst();
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

	/**
	 * What stands last behind an option, and so may be no value of it but the image.
	 * @param words a command's words
	 * @return the word, unless it may be a secret
	 */
	static Optional<String> lastValue(List<Word> words) {
		int last = words.size() - 1;
		boolean value = last > 0 && !words.get(last).isOption() && isValued(words.get(last - 1))
				&& !SECRET.contains(words.get(last - 1).text());
		return value ? Optional.of(words.get(last).text()) : Optional.empty();
	}

}
