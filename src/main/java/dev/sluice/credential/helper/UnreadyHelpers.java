package dev.sluice.credential.helper;

import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.oci.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The helpers that aren't set up for the user that Sluice runs as, and what the operator
 * is told of each, once. A hundred at most. Thread-safe.
 */
final class UnreadyHelpers {

	private static final Logger LOG = LoggerFactory.getLogger(UnreadyHelpers.class);

	private static final int HELPERS = 100;

	private final ConcurrentMap<String, String> told = Caffeine.newBuilder()
		.maximumSize(HELPERS)
		.<String, String>build()
		.asMap();

	/**
	 * A helper answered.
	 * @param question what it was asked
	 * @param answer its answer
	 */
	void answered(HelperQuestion question, HelperAnswer answer) {
		switch (answer) {
			case HelperAnswer.NotSetUp(String words) -> tell(question, text(question, words));
			case HelperAnswer.Found _, HelperAnswer.None _ -> this.told.remove(question.helper());
			case HelperAnswer.Missing _, HelperAnswer.Failed _, HelperAnswer.Busy _ -> {
			}
		}
	}

	private void tell(HelperQuestion question, String text) {
		if (this.told.putIfAbsent(question.helper(), text) == null) {
			LOG.warn("{}", text);
		}
	}

	/**
	 * What is wrong with a helper.
	 * @param helper the helper's name
	 * @return what the operator was told, or empty if it was never asked, or is set up
	 */
	Optional<String> problem(String helper) {
		return Optional.ofNullable(this.told.get(helper));
	}

	/**
	 * What is told.
	 * @param question what it was asked
	 * @param words its own words
	 * @return what is wrong and what to do
	 */
	static String text(HelperQuestion question, String words) {
		return "%s isn't set up for the user that Sluice runs as (%s): pulls from there go on anonymously. Set it up, or %s"
			.formatted(question, words, MissingHelpers.advice(Printable.of(question.server())));
	}

}
