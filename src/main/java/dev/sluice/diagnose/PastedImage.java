package dev.sluice.diagnose;

import java.util.List;
import java.util.regex.Pattern;

import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RequestException;

/**
 * Finds the image in what people paste: an image alone, a client's command, a line that
 * names it by the word for it ({@code image: …}, {@code FROM …}, what clients and
 * clusters say when they fail), a URL of the registry API or of a registry's page, or a
 * word that names its registry. What a command or the word for it names counts before
 * what merely looks like one. Nothing is put together from several values, and where
 * several images are named there is none: a wrong image is worse. Nothing of a login that
 * was pasted along is in what comes of it, nor in an error. Linear in the text's length,
 * which is bounded.
 */
final class PastedImage {

	/** What a cluster says of one pod, and more than fits in a command. */
	private static final int LONGEST = 8 * 1024;

	/** In short or in full, as it stands in the list of a machine's images. */
	private static final Pattern ID = Pattern.compile("[0-9a-f]{12}|[0-9a-f]{64}");

	private PastedImage() {
	}

	/**
	 * Finds it.
	 * @param text what was pasted
	 * @return the image as it is named to a client, or a single word that may be one
	 * @throws RequestException.Malformed if it names none, or several; it says which
	 */
	static String in(String text) {
		if (text.length() > LONGEST) {
			throw none("what was pasted is longer than " + LONGEST
					+ " characters, so that nothing of it was read; paste the" + " lines that matter");
		}
		PastedText pasted = PastedText.of(text);
		if (pasted.said().isEmpty() && pasted.commands().isEmpty() && !pasted.hasLogin()) {
			throw none("nothing was pasted");
		}
		Images ofCommands = Images.written(pasted.commands().stream().flatMap(PastedCommand::images));
		if (ofCommands.isEmpty() && SpreadName.isIn(pasted.text())) {
			throw spread();
		}
		Images named = ofCommands.and(PastedNames.in(pasted.said()));
		String image = only(named.isEmpty() ? PastedWords.in(pasted) : named, pasted);
		if (ofCommands.isEmpty() && SpreadName.isIn(pasted.text(), image)) {
			throw spread();
		}
		return image;
	}

	private static String only(Images images, PastedText pasted) {
		if (images.variable()) {
			throw none("what was pasted names its image by a variable or a template");
		}
		List<String> names = images.distinct();
		if (names.isEmpty()) {
			throw none(pasted.commands().isEmpty() ? "no image can be made out in what was pasted"
					: pasted.commands().stream().anyMatch(PastedCommand::isDoubtful)
							? "it can't be told which word of the command is its image, paste that alone"
							: "the command that was pasted pulls no image");
		}
		if (names.size() > 1) {
			throw new RequestException.Malformed(ErrorCode.NAME_INVALID,
					"several images are named, '" + Printable.of(names.getFirst()) + "' and '"
							+ Printable.of(names.get(1)) + "' among them: paste one at a time");
		}
		if (ID.matcher(names.getFirst()).matches()) {
			throw none("an image's ID is no name that a registry knows");
		}
		return names.getFirst();
	}

	private static RequestException.Malformed spread() {
		return none("its name is spread over several values, which aren't put together here:"
				+ " paste it as a client would name it");
	}

	private static RequestException.Malformed none(String why) {
		return new RequestException.Malformed(ErrorCode.NAME_INVALID,
				why + ": expected [registry/]repository[:tag][@digest], or a line that names one");
	}

}
