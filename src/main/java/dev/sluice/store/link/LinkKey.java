package dev.sluice.store.link;

import java.nio.charset.StandardCharsets;

import dev.sluice.oci.Digest;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;

/**
 * What a link is about. Immutable.
 *
 * @param registry the registry that was asked
 * @param repository the repository, as it is asked
 * @param digest the blob
 */
public record LinkKey(RegistryName registry, RepositoryName repository, Digest digest) {

	/**
	 * Its file's name: no letter of a registry's name or a repository's means anything to
	 * a file system.
	 */
	String fileName() {
		String words = this.registry + "\n" + this.repository + "\n" + this.digest;
		return Digest.of(Digest.Algorithm.SHA256, words.getBytes(StandardCharsets.UTF_8)).hex();
	}

}
