package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was pasted, without what may be a secret: the commands, and what else is said. A
 * row that logs in says nothing but its commands. Immutable.
 *
 * @param commands the clients' commands
 * @param said all other lines but comments
 * @param hasLogin whether one logs in, or a client's config stands there, so that any
 * word may be a secret
 * @param text all of it
 */
record PastedText(List<PastedCommand> commands, List<String> said, boolean hasLogin, String text) {

	private static final Pattern CONTINUED = Pattern.compile("[\\\\`^][ \\t]{0,20}+\\r?+\\n");

	private static final Pattern ROWS = Pattern.compile("[\\r\\n]++");

	private static final Pattern BLANKS = Pattern.compile("\\s++");

	/**
	 * What was escaped in a log line: quotes, slashes, and a line's end before a quote.
	 */
	private static final Pattern ESCAPED = Pattern.compile("\\\\{1,16}+(?:(?=[\"'/])|[nrt](?=[\"'\\\\]))");

	private static final Pattern COMMENT = Pattern.compile("\\s#\\s.*+");

	private static final Set<String> LOGINS = Set.of("login", "get-login-password", "get-login", "print-access-token",
			"--password-stdin", "docker-registry");

	PastedText {
		commands = List.copyOf(commands);
		said = List.copyOf(said);
	}

	/**
	 * Takes a text apart.
	 * @param pasted what was pasted
	 * @return what is in it
	 */
	static PastedText of(String pasted) {
		String joined = Substitutions
			.replaced(PastedLogin.hidden(CONTINUED.matcher(CleanText.of(pasted)).replaceAll(" ")));
		String text = ESCAPED.matcher(PastedSecrets.hidden(joined)).replaceAll("");
		List<PastedCommand> commands = new ArrayList<>();
		List<String> said = new ArrayList<>();
		boolean login = PastedSecrets.isConfig(joined);
		for (String row : ROWS.split(text, -1)) {
			boolean logsIn = List.of(BLANKS.split(row, -1)).stream().anyMatch(LOGINS::contains);
			boolean shown = !logsIn && !row.stripLeading().startsWith("# ");
			login |= logsIn;
			for (PastedLine line : PastedLine.in(row)) {
				List<PastedCommand> found = CommandFinder.in(line.words());
				commands.addAll(found);
				Optional.of(PastedSecrets.unspoken(COMMENT.matcher(line.text()).replaceFirst("")))
					.filter((_) -> shown && found.isEmpty())
					.ifPresent(said::add);
			}
		}
		return new PastedText(commands, said, login, text);
	}

}
