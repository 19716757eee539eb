package dev.sluice.settings.check;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.oci.Printable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Says in one line why Sluice can't start, whatever the reason, and shows no login:
 * several lines are read by nobody, and a stack trace may quote a setting. The process
 * then ends with status 1.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {

	private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.Start");

	private static final int LONGEST = 2000;

	private static final int DEEPEST = 50;

	private static final Pattern BLANKS = Pattern.compile("\\s++");

	/**
	 * Not {@code //[user:password@]}, which stands in our own words for what may be left
	 * out.
	 */
	private static final Pattern LOGIN = Pattern.compile("//(?!\\[)\\S{1,300}@");

	private final List<FailureAnalyzer> analyzers;

	StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
		ArgumentResolver arguments = (context != null)
				? ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
					.and(Environment.class, context.getEnvironment())
				: ArgumentResolver.none();
		this.analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (_, _, _) -> {
			});
	}

	@Override
	public boolean reportException(Throwable failure) {
		LOG.error("Sluice can't start: {}", line(failure));
		return true;
	}

	/** The words of the first analyzer that knows it, else the innermost cause's. */
	private String line(Throwable failure) {
		String text = this.analyzers.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.map(StartFailureReporter::text)
			.orElseGet(() -> text(innermost(failure)));
		return Printable.of(LOGIN.matcher(BLANKS.matcher(text).replaceAll(" ")).replaceAll("//…@").strip(), LONGEST);
	}

	private static String text(FailureAnalysis analysis) {
		return Stream.of(analysis.getDescription(), analysis.getAction())
			.filter(Objects::nonNull)
			.map(String::strip)
			.map((sentence) -> sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence)
			.collect(Collectors.joining(". "));
	}

	private static String text(Throwable cause) {
		return (cause.getMessage() == null) ? cause.getClass().getSimpleName()
				: cause.getClass().getSimpleName() + ": " + cause.getMessage();
	}

	private static Throwable innermost(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; depth < DEEPEST && cause.getCause() != null; depth++) {
			cause = cause.getCause();
		}
		return cause;
	}

}
