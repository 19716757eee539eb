package dev.sluice.settings.check;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySources;

/**
 * Puts in words why a start failed, where nothing else knows: what the innermost cause
 * says, without the names of classes, and which settings of Spring Boot's somebody gave,
 * for it is one of them as a rule.
 */
final class OtherFailures {

	private static final int DEEPEST = 50;

	private static final int MOST = 10;

	/** With the colon that leads to what it says. */
	private static final Pattern CLASS = Pattern
		.compile("\\b(?:[a-z][a-z0-9_]{0,60}+\\.){1,12}+[A-Z][\\w$]{0,200}+(?:: )?");

	private final @Nullable PropertySources sources;

	/**
	 * Looks for settings in these.
	 * @param sources all sources of properties, or null where they weren't read yet
	 */
	OtherFailures(@Nullable PropertySources sources) {
		this.sources = sources;
	}

	/**
	 * Puts it in words.
	 * @param failure any
	 * @return one line, or several
	 */
	String words(Throwable failure) {
		Throwable cause = innermost(failure);
		String said = withoutClasses(Objects.requireNonNullElse(cause.getMessage(), ""));
		List<String> given = (this.sources != null) ? SpringNames.given(this.sources) : List.of();
		String suspects = given.isEmpty() ? "" : "; look at what is set of Spring Boot's own: "
				+ given.stream().limit(MOST).collect(Collectors.joining(", "));
		return (said.isEmpty() ? "Sluice itself failed" + place(cause) + ", and nothing says why" : said) + suspects;
	}

	/**
	 * Leaves out the names of classes.
	 * @param text what somebody else says
	 * @return the rest of it
	 */
	static String withoutClasses(String text) {
		return CLASS.matcher(text).replaceAll("").strip();
	}

	private static String place(Throwable cause) {
		Optional<StackTraceElement> place = Arrays.stream(cause.getStackTrace())
			.filter((frame) -> frame.getFileName() != null)
			.findFirst();
		return place.map((frame) -> " (" + frame.getFileName() + ", line " + frame.getLineNumber() + ")").orElse("");
	}

	private static Throwable innermost(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; depth < DEEPEST && cause.getCause() != null; depth++) {
			cause = cause.getCause();
		}
		return cause;
	}

}
