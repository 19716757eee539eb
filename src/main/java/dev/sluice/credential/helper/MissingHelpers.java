package dev.sluice.credential.helper;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.oci.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The helpers that can't be run here, and what the operator is told of each, once.
 * Bounded. Thread-safe; blocking, since it looks at the disk.
 */
final class MissingHelpers {

	private static final Logger LOG = LoggerFactory.getLogger(MissingHelpers.class);

	private static final int HELPERS = 100;

	private static final int SUBJECTS_SHOWN = 10;

	private final ConcurrentMap<String, String> told = Caffeine.newBuilder()
		.maximumSize(HELPERS)
		.<String, String>build()
		.asMap();

	private final HelperPath path;

	MissingHelpers(HelperPath path) {
		this.path = path;
	}

	/**
	 * What is wrong with a helper that keeps logins. It is up to the caller to tell the
	 * operator.
	 * @param helper the helper's name
	 * @param subjects the registries and repositories whose logins it keeps, sorted
	 * @return what to tell the operator, or empty if it can be run
	 */
	Optional<String> problem(String helper, Collection<String> subjects) {
		Optional<String> problem = this.path.obstacle(helper).map((obstacle) -> keeping(helper, obstacle, subjects));
		problem.ifPresent((text) -> this.told.put(helper, text));
		return problem;
	}

	/**
	 * What is wrong with a helper, if it was wanted already.
	 * @param helper the helper's name
	 * @return what the operator was told, or empty if it can be run now
	 */
	Optional<String> problem(String helper) {
		return Optional.ofNullable(this.told.get(helper)).filter((text) -> this.path.obstacle(helper).isPresent());
	}

	/**
	 * A helper was wanted, and can't be run.
	 * @param question what it was to be asked
	 */
	void wanted(HelperQuestion question) {
		this.path.obstacle(question.helper()).map((obstacle) -> asked(question, obstacle)).ifPresent((text) -> {
			if (this.told.putIfAbsent(question.helper(), text) == null) {
				LOG.warn("{}", text);
			}
		});
	}

	/**
	 * A helper can be run: if it goes away, the operator is told again.
	 * @param helper the helper's name
	 */
	void found(String helper) {
		this.told.remove(helper);
	}

	private static String keeping(String helper, String obstacle, Collection<String> subjects) {
		String shown = subjects.stream().limit(SUBJECTS_SHOWN).collect(Collectors.joining(", "));
		String more = (subjects.size() > SUBJECTS_SHOWN) ? " and " + (subjects.size() - SUBJECTS_SHOWN) + " more" : "";
		return text(helper, "keeps the logins of " + shown + more, obstacle, subjects.iterator().next());
	}

	private static String asked(HelperQuestion question, String obstacle) {
		String server = Printable.of(question.server());
		return text(question.helper(), "is to be asked for the login of " + server, obstacle, server);
	}

	private static String text(String helper, String role, String obstacle, String subject) {
		return "%s %s, but %s: pulls from there go on anonymously. Install the helper where Sluice runs, or %s"
			.formatted(HelperQuestion.program(helper), role, obstacle, advice(subject));
	}

	/**
	 * How to do without a helper.
	 * @param subject whose login it would keep
	 * @return the end of a sentence
	 */
	static String advice(String subject) {
		return """
				give Sluice a login of its own: write {"auths":{"%1$s":{}}} to DIR/config.json (or login chooses the \
				helper again), run 'docker --config DIR login %1$s', and name DIR/config.json in \
				sluice.credentials.docker-config (DIR in SLUICE_DOCKER_CONFIG for docker compose)""".formatted(subject);
	}

}
