package dev.sluice.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds a client's command: it stands first, behind a prompt, variables, or a program
 * that runs others ({@code sudo}, {@code ssh} to a node, a shell). A sentence about a
 * client doesn't begin so.
 */
final class CommandFinder {

	private static final Set<String> RUNNERS = Set.of("sudo", "doas", "env", "time", "timeout", "nohup", "nice", "exec",
			"command", "watch", "ssh", "sh", "bash", "zsh", "ash", "dash", "xargs", "k3s", "rke2", "microk8s",
			"minikube", "colima", "lima", "limactl", "wsl", "chroot", "nsenter");

	private static final Set<String> BEFORE = Set.of("-", "+", "{", "(", "!", "*", "\\", "run:", "script:");

	private static final Pattern ASSIGNED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+=.*+", Pattern.DOTALL);

	private static final Pattern PROMPT = Pattern.compile(".*[$#%>➜❯λ✗]", Pattern.DOTALL);

	private static final int LONGEST_PROMPT = 4;

	/** On a node, in a container, in a shell. */
	private static final int MOST_CALLS = 8;

	private CommandFinder() {
	}

	/**
	 * Finds commands.
	 * @param words the words of one line of what was pasted
	 * @return the command, or those of the text that a shell is given
	 */
	static List<PastedCommand> in(List<String> words) {
		return in(words, MOST_CALLS);
	}

	private static List<PastedCommand> in(List<String> line, int calls) {
		List<String> words = behindPrompt(line);
		if (words.isEmpty() || calls == 0) {
			return List.of();
		}
		String first = words.getFirst();
		if (first.indexOf(' ') >= 0) {
			return PastedLine.in(first).stream().flatMap((inner) -> in(inner.words(), calls - 1).stream()).toList();
		}
		List<String> behind = words.subList(1, words.size());
		Optional<String> client = Clients.called(first);
		if (client.isEmpty()) {
			return RUNNERS.contains(Clients.program(first)) ? called(behind, calls) : List.of();
		}
		PastedCommand command = Clients.command(client.get(), behind);
		List<PastedCommand> inner = command.callsAnother() ? called(command.words(), calls) : List.of();
		return inner.isEmpty() ? List.of(command) : inner;
	}

	/** What a program runs stands somewhere behind it. */
	private static List<PastedCommand> called(List<String> words, int calls) {
		return IntStream.range(0, words.size())
			.filter((at) -> words.get(at).indexOf(' ') >= 0 || Clients.called(words.get(at)).isPresent())
			.mapToObj((at) -> in(words.subList(at, words.size()), calls - 1))
			.filter((commands) -> !commands.isEmpty())
			.findFirst()
			.orElse(List.of());
	}

	private static List<String> behindPrompt(List<String> words) {
		int start = 0;
		for (int at = 0; at < Math.min(words.size(), LONGEST_PROMPT) && !isProgram(words.get(at)); at++) {
			boolean place = at > 0 && words.get(at - 1).equals("➜");
			start = (place || PROMPT.matcher(words.get(at)).matches()) ? at + 1 : start;
		}
		while (start < words.size()
				&& (BEFORE.contains(words.get(start)) || ASSIGNED.matcher(words.get(start)).matches())) {
			start++;
		}
		return words.subList(start, words.size());
	}

	private static boolean isProgram(String word) {
		return word.indexOf(' ') >= 0 || Clients.called(word).isPresent() || RUNNERS.contains(Clients.program(word));
	}

}
