package dev.sluice.diagnose;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.sluice.diagnose.PastedText.Line;
import dev.sluice.diagnose.PastedText.Word;

/**
 * Finds a client's command in a line, whatever stands before it ({@code sudo}, a
 * variable, {@code ssh} to a node), and tells it from a sentence about the client.
 */
final class CommandFinder {

	private static final Set<String> FIRST_VERBS = Set.of("pull", "explain");

	private static final Set<String> BEFORE_NAMES = Set.of("the", "a", "an", "my", "our", "with", "via", "using", "by",
			"in", "of", "from", "for", "and", "or", "no", "this");

	/** A shell's option for a command, {@code -c} or {@code -lc}. */
	private static final Pattern SHELL = Pattern.compile("-[a-z]{0,4}c");

	/** On a node, in a container, in a shell. */
	private static final int MOST_CALLS = 8;

	private CommandFinder() {
	}

	/**
	 * Finds a command.
	 * @param line one line of what was pasted
	 * @return the command, or empty if there is none in it
	 */
	static Optional<PastedCommand> in(Line line) {
		List<Word> words = line.words();
		int calls = 0;
		for (int at = 0; at < words.size() && calls < MOST_CALLS; at++) {
			Optional<String> client = Clients.called(words.get(at));
			if (client.isPresent() && isCalled(words, at)) {
				calls++;
				PastedCommand command = of(client.get(), behind(words, at));
				boolean spoken = command.isTalk() || (command.verb().isEmpty() && isSpokenOf(words, at));
				if (!spoken && !command.callsAnother() && !command.isOfOthers()) {
					return Optional.of(command);
				}
			}
		}
		return bare(words);
	}

	/** What is within quotes is a value's or an argument's, unless the client is, too. */
	private static List<Word> behind(List<Word> words, int client) {
		int depth = words.get(client).depth() + (words.get(client).quoted() ? 1 : 0);
		return words.stream().skip(client + 1L).filter((word) -> word.depth() <= depth).toList();
	}

	/** A word in quotes is a client only as a shell's command. */
	private static boolean isCalled(List<Word> words, int at) {
		Word word = words.get(at);
		boolean opened = at == 0 || (SHELL.matcher(words.get(at - 1).text()).matches() && !words.get(at - 1).quoted());
		return !word.colon() && (opened || !word.quoted());
	}

	/** "The docker registry", "Docker references": a name in a sentence. */
	private static boolean isSpokenOf(List<Word> words, int client) {
		return Character.isUpperCase(words.get(client).text().charAt(0))
				|| (client > 0 && BEFORE_NAMES.contains(words.get(client - 1).text().toLowerCase(Locale.ROOT)));
	}

	/** A verb alone, as a sentence may begin with it, too. */
	private static Optional<PastedCommand> bare(List<Word> words) {
		String verb = words.getFirst().text().toLowerCase(Locale.ROOT);
		if (!FIRST_VERBS.contains(verb) || words.getFirst().colon()) {
			return Optional.empty();
		}
		List<Word> operands = Operands.of(words.subList(1, words.size())).words();
		boolean command = operands.size() == 1 && ImageWord.isReferring(operands.getFirst());
		return command ? Optional.of(new PastedCommand("", verb, operands)) : Optional.empty();
	}

	private static PastedCommand of(String client, List<Word> words) {
		String verb = "";
		String begun = "";
		int behind = 0;
		for (int at = 0; at < words.size(); at++) {
			Word word = words.get(at);
			if (at > 0 && Options.isKnown(words.get(at - 1))) {
				continue;
			}
			String next = (begun + " " + word.text().toLowerCase(Locale.ROOT)).strip();
			if (Clients.beginsVerb(client, next)) {
				begun = next;
				verb = Clients.isVerb(client, next) ? next : verb;
				behind = verb.equals(next) ? at + 1 : behind;
			}
			else if (!word.isOption() && (at == 0 || !words.get(at - 1).isOption())) {
				break;
			}
		}
		return new PastedCommand(client, verb, words.subList(behind, words.size()));
	}

}
