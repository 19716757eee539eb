package dev.sluice.store.link;

import dev.sluice.oci.Digest;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.testing.LinearTime;

/**
 * Files of links, which anybody may have written who can write there. What is read must
 * be read again from what is made of it.
 */
public final class LinkTextFuzz {

	private static final LinkKey KEY = new LinkKey(RegistryName.parse("reg.example"), new RepositoryName("acme/app"),
			Digest.parse("sha256:84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882"));

	private LinkTextFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		LinearTime.spend(() -> LinkText.read(KEY, input).ifPresent((link) -> {
			if (!LinkText.read(KEY, LinkText.of(KEY, link)).equals(LinkText.read(KEY, input))) {
				throw new IllegalStateException("reads otherwise once it is written: " + link);
			}
		}));
	}

}
