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

	private static final Pattern BLANKS = Pattern.compile("\\s++");

	/**
	 * Not {@code //[user:password@]}, which stands in our own words for what may be left
	 * out.
	 */
	private static final Pattern LOGIN = Pattern.compile("//(?!\\[)\\S{1,300}@");

	private final List<FailureAnalyzer> analyzers;

	private final OtherFailures others;

	StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
		ArgumentResolver arguments = (context != null)
				? ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
					.and(Environment.class, context.getEnvironment())
				: ArgumentResolver.none();
		this.others = new OtherFailures((context != null) ? context.getEnvironment().getPropertySources() : null);
		this.analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (_, _, _) -> {
			});
	}

	@Override
	public boolean reportException(Throwable failure) {
		LOG.error("Sluice can't start: {}", line(failure));
		return true;
	}

	/** The words of the first analyzer that knows it, of which ours come first. */
	private String line(Throwable failure) {
		String text = this.analyzers.stream()
			.map((analyzer) -> text(analyzer, failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseGet(() -> this.others.words(failure));
		return Printable.of(LOGIN.matcher(BLANKS.matcher(text).replaceAll(" ")).replaceAll("//…@").strip(), LONGEST);
	}

	private static @Nullable String text(FailureAnalyzer analyzer, Throwable failure) {
		FailureAnalysis analysis = analyzer.analyze(failure);
		if (analysis == null) {
			return null;
		}
		boolean ours = analyzer.getClass().getPackage().equals(StartFailureReporter.class.getPackage());
		return ours ? text(analysis) : OtherFailures.withoutClasses(text(analysis));
	}

	private static String text(FailureAnalysis analysis) {
		return Stream.of(analysis.getDescription(), analysis.getAction())
			.filter(Objects::nonNull)
			.map(String::strip)
			.map((sentence) -> sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence)
			.collect(Collectors.joining(". "));
	}

}
