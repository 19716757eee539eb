package dev.sluice.diagnose;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RequestException;

/**
 * Finds the image in what people paste: a client's whole command, what it or a cluster
 * said when it failed, a manifest, a chart's values, a Dockerfile, a URL of the registry
 * API or of a registry's page. What a command says counts before what is said around it,
 * and what names an image surely before what looks like one; where nothing does, there is
 * none. Nothing of a login that was pasted along is in what comes of it, nor in an error.
 * Linear in the text's length, which is bounded.
 */
final class PastedImage {

	/** What a cluster says of one pod, and more than fits in a command. */
	private static final int LONGEST = 16 * 1024;

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
			throw none("what was pasted is longer than " + LONGEST + " characters");
		}
		PastedText pasted = PastedText.of(text);
		if (pasted.lines().isEmpty()) {
			throw none("nothing was pasted");
		}
		PastedLines lines = PastedLines.of(pasted);
		Images ofCommands = Images.of(lines.commands().stream().flatMap(PastedCommand::images));
		PastedProse prose = PastedProse.of(lines.said(), pasted.lines().size() == 1);
		Stream<Supplier<Images>> readings = Stream.of(() -> ofCommands, prose::named, lines.dockerfile()::images,
				() -> PastedValues.of(lines.values()), () -> PastedRows.images(lines.said()), prose::addressed,
				prose::within,
				() -> lines.hasLogin() ? Images.of(Stream.of()) : prose.alike(lines.commands().isEmpty()));
		Images images = readings.map(Supplier::get)
			.filter((found) -> !found.isEmpty() || found.variable())
			.findFirst()
			.orElseThrow(() -> none(lines.commands().isEmpty() ? "no image can be made out in what was pasted"
					: "the command that was pasted pulls no image"));
		return only(images);
	}

	private static String only(Images images) {
		List<String> names = images.distinct();
		if (names.isEmpty()) {
			throw none(
					"what was pasted names its image by a variable or a template, or leaves its registry or tag to another place");
		}
		if (names.size() > 1) {
			throw new RequestException.Malformed(ErrorCode.NAME_INVALID,
					"several images are named, '" + Printable.of(names.getFirst()) + "' and '"
							+ Printable.of(names.get(1)) + "' among them: paste one at a time");
		}
		return names.getFirst();
	}

	private static RequestException.Malformed none(String why) {
		return new RequestException.Malformed(ErrorCode.NAME_INVALID,
				why + ": expected [registry/]repository[:tag][@digest], or a line that names one");
	}

}
