package dev.sluice.diagnose;

import java.util.Arrays;
import java.util.List;

import dev.sluice.oci.Digest;
import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.NamePath;
import dev.sluice.oci.Printable;
import dev.sluice.oci.Reference;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.Tag;

/**
 * An image as people write it, {@code [registry/]repository[:tag][@digest]}. Immutable.
 *
 * @param name the name as written, perhaps with a registry before it
 * @param reference its digest, else its tag, else {@code latest}
 */
record ImageName(NamePath name, Reference reference) {

	private static final int LONGEST = 4096;

	/**
	 * Reads an image's name.
	 * @param bare the name, as {@link PastedImage} finds it
	 * @return the image
	 * @throws RequestException.Malformed if it is none
	 */
	static ImageName parse(String bare) {
		int at = bare.indexOf('@');
		String tagged = (at < 0) ? bare : bare.substring(0, at);
		int colon = tagged.lastIndexOf(':');
		boolean hasTag = colon > tagged.lastIndexOf('/');
		List<String> segments = Arrays.asList((hasTag ? tagged.substring(0, colon) : tagged).split("/", -1));
		if (segments.contains("") || bare.length() > LONGEST) {
			throw new RequestException.Malformed(ErrorCode.NAME_INVALID,
					"'" + Printable.of(bare) + "' is no image: expected [registry/]repository[:tag][@digest]");
		}
		Reference reference = (at >= 0) ? Digest.parse(bare.substring(at + 1))
				: new Tag(hasTag ? tagged.substring(colon + 1) : "latest");
		return new ImageName(new NamePath(segments), reference);
	}

}
