package dev.sluice;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.oci.Printable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Puts why a start failed in one line, without a login.
 */
final class StartFailure {

	private static final int LONGEST = 2000;

	private static final int DEEPEST = 50;

	private static final Pattern BLANKS = Pattern.compile("\\s++");

	private static final Pattern LOGIN = Pattern.compile("//[^/@\\s]{1,300}+@");

	private StartFailure() {
	}

	/**
	 * Says it.
	 * @param failure what was thrown
	 * @param analyzers those that know failures, in order
	 * @return the words of the first analyzer that knows it, else the innermost cause's
	 */
	static String line(Throwable failure, List<FailureAnalyzer> analyzers) {
		String text = analyzers.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.map(StartFailure::text)
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
