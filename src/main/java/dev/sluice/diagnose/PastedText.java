package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was pasted, in words, and these in lines: as many as there are commands. What
 * stands behind a comment sign or an arrow isn't part of any, nor is a secret that its
 * name tells. Immutable.
 *
 * @param rows its rows, unescaped
 * @param lines the lines that hold any word
 */
record PastedText(List<String> rows, List<Line> lines) {

	private static final Pattern CONTINUED = Pattern.compile("[\\\\`^][ \\t]{0,20}+\\r?+\\n");

	private static final Pattern ROWS = Pattern.compile("[\\r\\n]++");

	/** Between commands; a single ampersand may stand in a URL. */
	private static final Pattern BETWEEN = Pattern.compile("\\|++|&&|;(?=\\s)|;\\z|\\s&(?=\\s)|\\s&\\z");

	private static final Pattern BLANKS = Pattern.compile("\\s++");

	/**
	 * What was escaped in a log line: quotes, slashes, and a line's end before a quote.
	 */
	private static final Pattern ESCAPED = Pattern.compile("\\\\{1,16}+(?=[\"'/])|\\\\{1,16}+[nrt](?=[\"'\\\\])");

	/** What stands before a line of a Dockerfile in an error. */
	private static final Pattern NUMBERED = Pattern.compile("\\A\\s{0,20}+\\d{1,5}+\\s?+\\|\\s{0,20}+(?:>>>)?+");

	private static final Set<String> ENDS = Set.of("#", ">", ">>", "2>&1", "2>", "&>", "<");

	/** An option's value that is empty is one, too. */
	private static final Set<String> NOTHING = Set.of("\"\"", "''");

	private static final Set<String> PROMPTS = Set.of("$", "#", ">", ">>>", "%", "+", "-", "\\");

	PastedText {
		rows = List.copyOf(rows);
		lines = List.copyOf(lines);
	}

	/**
	 * Takes a text apart.
	 * @param pasted what was pasted
	 * @return its lines
	 */
	static PastedText of(String pasted) {
		String text = ESCAPED.matcher(PastedSecrets.hidden(Substitutions.replaced(pasted))).replaceAll("");
		List<Line> lines = new ArrayList<>();
		List<String> rows = Stream.of(ROWS.split(CONTINUED.matcher(text).replaceAll(" "), -1))
			.map((row) -> NUMBERED.matcher(row).replaceFirst(""))
			.toList();
		for (int number = 0; number < rows.size(); number++) {
			String row = rows.get(number);
			boolean comment = row.stripLeading().startsWith("# ");
			for (String command : commands(row)) {
				List<Word> words = words(command);
				if (!words.isEmpty()) {
					lines.add(new Line(words, number, comment));
				}
			}
		}
		return new PastedText(rows, lines);
	}

	/** What stands in quotes is one, unless they never close. */
	private static List<String> commands(String row) {
		List<String> commands = new ArrayList<>();
		Quotes quotes = new Quotes();
		Matcher between = BETWEEN.matcher(row);
		int start = 0;
		int passed = 0;
		while (between.find()) {
			quotes.pass(row.substring(passed, between.start()));
			passed = between.start();
			if (quotes.open() == 0) {
				commands.add(row.substring(start, between.start()));
				start = between.end();
			}
		}
		quotes.pass(row.substring(passed));
		commands.add(row.substring(start));
		return (quotes.open() == 0) ? commands : List.of(BETWEEN.split(row, -1));
	}

	private static List<Word> words(String command) {
		List<Word> words = new ArrayList<>();
		Quotes quotes = new Quotes();
		for (String raw : BLANKS.split(command.strip(), -1)) {
			boolean first = words.isEmpty();
			if (ENDS.contains(raw) && !first) {
				break;
			}
			boolean nothing = NOTHING.contains(raw) && !first && words.getLast().isOption();
			Word word = nothing ? Word.NOTHING : Word.of(raw).within(quotes.open());
			quotes.pass(raw);
			if (!word.text().isEmpty() && !(PROMPTS.contains(raw) && (first || raw.equals("\\")))) {
				words.add(word);
			}
		}
		return words;
	}

	/**
	 * One command or sentence.
	 *
	 * @param words its words, at least one
	 * @param row which row of the text it stands in, perhaps with others
	 * @param comment whether its row begins as a comment does, or behind root's prompt
	 */
	record Line(List<Word> words, int row, boolean comment) {

		Line {
			words = List.copyOf(words);
		}

	}

	/**
	 * One word.
	 *
	 * @param text without quotes, brackets and punctuation around it; a variable or what
	 * stands for a name has them still
	 * @param quoted whether a quote stands before it
	 * @param colon whether a colon stands behind it
	 * @param depth how many quotes are open before it
	 */
	record Word(String text, boolean quoted, boolean colon, int depth) {

		/** An empty text in quotes, which it keeps: no name has them. */
		private static final Word NOTHING = new Word("\"\"", true, false, 0);

		private static final String QUOTES = "\"'`‘’“”";

		private static final String OPENING = QUOTES + "([{<$";

		private static final String CLOSING = QUOTES + ",;:)]}>.!?…";

		private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}+]");

		/**
		 * A variable, a template, a placeholder in angle brackets, a document behind it.
		 */
		private static final Pattern VARIABLE = Pattern
			.compile("\\$\\{?[A-Za-z_0-9]|\\{\\{|<[A-Za-z_-]{1,40}+>\\z|<<(?!<)");

		static Word of(String raw) {
			int start = 0;
			int end = raw.length();
			boolean quoted = false;
			while (start < end && OPENING.indexOf(raw.charAt(start)) >= 0 && !isAddressAt(raw, start)
					&& !isVariableAt(raw, start)) {
				quoted |= QUOTES.indexOf(raw.charAt(start)) >= 0;
				start++;
			}
			boolean colon = false;
			while (end > start && CLOSING.indexOf(raw.charAt(end - 1)) >= 0) {
				end--;
				colon |= raw.charAt(end) == ':';
			}
			return new Word(raw.substring(start, end), quoted, colon, 0);
		}

		private Word within(int quotes) {
			return (quotes == 0) ? this : new Word(this.text, this.quoted, this.colon, quotes);
		}

		private static boolean isAddressAt(String raw, int start) {
			return raw.charAt(start) == '[' && IPV6.matcher(raw).region(start, raw.length()).lookingAt();
		}

		private static boolean isVariableAt(String raw, int start) {
			return "${<".indexOf(raw.charAt(start)) >= 0
					&& VARIABLE.matcher(raw).region(start, raw.length()).lookingAt();
		}

		boolean isOption() {
			return this.text.startsWith("-");
		}

		boolean is(String other) {
			return this.text.equalsIgnoreCase(other);
		}

	}

}
