package dev.sluice.diagnose;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lines name by the word for an image: its value in manifests, logs and JSON, the
 * base of a Dockerfile, and what clients and clusters say.
 */
final class PastedNames {

	private static final String QUOTED = "(?<quote>[\"'`])(?<quoted>[^\"'`\\r\\n]{1,4096}+)\\k<quote>";

	private static final String BARE = "(?<bare>(?:\\$\\{[^}\\r\\n]{0,99}+}|\\{\\{[^}\\r\\n]{0,99}+}}"
			+ "|[^\\s\"',;{}]){1,4096}+)";

	/** {@code image: …}, {@code "image":"…"}, {@code image = "…"}, {@code --image=…}. */
	private static final Pattern VALUE = Pattern
		.compile("(?<![A-Za-z0-9_./:@-])-{0,2}+[\"']?+" + "(?:[A-Za-z0-9_.-]{0,60}[._-])?(?i:image)[\"']?+[ \\t]{0,40}+"
				+ "(?::(?=[\"'])|:[ \\t]{1,40}+|=>?+[ \\t]{0,40}+)(?:" + QUOTED + "|" + BARE + ")");

	private static final String ARROW = "(?:-{1,2}+>|→)";

	private static final Pattern OLD = Pattern
		.compile("(?<!\\S)(?=[A-Za-z0-9$\\[])(?<bare>[^\\s\"',;{}]{1,4096}+)(?=[ \\t]{1,9}+" + ARROW + ")");

	private static final Pattern NEW = Pattern.compile(ARROW + "[ \\t]{1,9}+(?=[A-Za-z0-9$\\[])" + BARE);

	/** A row of a manifest that says no more: then a name alone will do. */
	private static final Pattern ROW = Pattern
		.compile("\\s*+(?:-[ \\t]{1,9}+)?+image[ \\t]{0,9}+:[ \\t]{1,40}+(?<bare>[^\\s\"',;{}]{1,4096}+)\\s*+");

	private static final Pattern CALLED = Pattern
		.compile("(?i)\\b(?:images?|pull|pulling|pulled|pullimage|reference|ref)"
				+ "(?: (?:name|tag|reference|ref))?+:?+[ \\t]{1,9}+" + QUOTED);

	private static final Pattern PULLED = Pattern
		.compile("(?i)\\b(?:(?:manifest|image|metadata) for|trying to pull|initializing source) " + BARE);

	private static final Pattern DENIED = Pattern.compile("(?i)\\b(?:pull|push) access denied for " + BARE);

	private static final Pattern WITHIN = Pattern
		.compile("\\bmanifest (?<reference>[A-Za-z0-9_.:-]{1,200}+) in (?<bare>[^\\s\"',;]{1,4096}+)");

	private static final Pattern FROM = Pattern.compile(
			"\\s*+(?<failed>>>>\\s++)?+(?<from>(?i:FROM))\\s++(?:--[^\\s]++\\s++){0,9}+(?<bare>[^\\s\"',;]{1,4096}+)"
					+ "(?:\\s++(?i:AS)\\s++(?<stage>\\S++))?+\\s*+");

	private PastedNames() {
	}

	/**
	 * What lines name.
	 * @param lines lines of what was pasted
	 * @return the images
	 */
	static Images in(List<String> lines) {
		Set<String> stages = new HashSet<>(Set.of("scratch"));
		boolean failed = lines.stream().anyMatch((line) -> line.stripLeading().startsWith(">>>"));
		Images bases = Images.written(lines.stream().flatMap((line) -> base(line, stages, failed)));
		return bases.and(Images.written(lines.stream().flatMap(PastedNames::written)))
			.and(Images.said(lines.stream().flatMap(PastedNames::said)));
	}

	private static Stream<String> written(String line) {
		return Stream
			.of(found(VALUE, line, ImageWord::isReferring), row(line), found(OLD, line, ImageWord::isReferring),
					found(NEW, line, ImageWord::isReferring))
			.flatMap((names) -> names);
	}

	private static Stream<String> said(String line) {
		return Stream
			.of(found(CALLED, line, ImageWord::isReferring), found(PULLED, spoken(line), ImageWord::isReferring),
					found(DENIED, spoken(line), ImageWord::isLike),
					WITHIN.matcher(line).results().flatMap((match) -> within(match.group(1), match.group(2))))
			.flatMap((names) -> names);
	}

	/** Without what ends a name in a sentence and is no part of it. */
	private static String spoken(String line) {
		return line.replace("...", " ").replace(": ", " ");
	}

	private static Stream<String> row(String line) {
		Matcher row = ROW.matcher(line);
		return row.matches() ? named(PastedWord.of(row.group("bare")), ImageWord::isLike) : Stream.empty();
	}

	/** In quotes a name alone will do. */
	private static Stream<String> found(Pattern form, String line, Predicate<PastedWord> bare) {
		return form.matcher(line).results().flatMap((match) -> {
			boolean quoted = match.namedGroups().containsKey("quoted") && match.group("quoted") != null;
			PastedWord word = quoted ? new PastedWord(match.group("quoted").strip(), false)
					: PastedWord.of(match.group("bare"));
			return named(word, quoted ? ImageWord::isLike : bare);
		});
	}

	private static Stream<String> named(PastedWord word, Predicate<PastedWord> isNamed) {
		boolean named = word.isVariable() || isNamed.test(word) || ImageWord.hasHost(word.text())
				|| PastedUrl.isOfImage(word.text());
		return Stream.of(PastedUrl.bare(word.named())).filter((name) -> named && !name.isEmpty());
	}

	/** "reading manifest 1 in ghcr.io/acme/app". */
	private static Stream<String> within(String reference, String repository) {
		PastedWord word = PastedWord.of(repository);
		return Stream.of(word.text() + ((reference.indexOf(':') >= 0) ? "@" : ":") + reference)
			.filter((_) -> ImageWord.isLike(word));
	}

	/**
	 * {@code FROM [--platform=…] image [AS stage]}, and nothing more. BuildKit marks the
	 * row that failed among those around it.
	 */
	private static Stream<String> base(String line, Set<String> stages, boolean failed) {
		Matcher from = FROM.matcher(line);
		if (!from.matches()) {
			return Stream.empty();
		}
		boolean known = stages.contains(from.group("bare").toLowerCase(Locale.ROOT));
		if (from.group("stage") != null) {
			stages.add(from.group("stage").toLowerCase(Locale.ROOT));
		}
		if (failed && from.group("failed") == null) {
			return Stream.empty();
		}
		boolean sure = from.group("from").equals("FROM");
		return named(PastedWord.of(from.group("bare")),
				(word) -> !known && (sure ? ImageWord.isLike(word) : ImageWord.isReferring(word)));
	}

}
