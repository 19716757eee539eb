package dev.sluice.diagnose;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found about one registry as one login, or about one image. Immutable; holds no
 * secret.
 *
 * @param subject the registry's or the image's name
 * @param reachable whether the endpoint answers
 * @param tls how the connection is secured
 * @param credential as whom we ask
 * @param challenge what the registry asks for
 * @param token whether the token server gives a token
 * @param permission what we may do
 * @param quota how many pulls are left
 * @param problem what is wrong and what to do, in full; empty when nothing is
 */
public record Check(String subject, Finding reachable, Finding tls, Finding credential, Finding challenge,
		Finding token, Finding permission, Finding quota, Optional<String> problem) {

	/**
	 * What was found, from left to right.
	 * @return the findings
	 */
	public Stream<Finding> findings() {
		return Stream.of(this.reachable, this.tls, this.credential, this.challenge, this.token, this.permission,
				this.quota);
	}

	/**
	 * Nothing could be asked.
	 * @param subject the registry's or the image's name
	 * @param permission what we may do
	 * @param failure why
	 * @return the check
	 */
	static Check failed(String subject, Finding permission, Throwable failure) {
		return new Check(subject, Finding.NONE, Finding.NONE, Finding.NONE, Finding.NONE, Finding.NONE, permission,
				Finding.NONE, Optional.of(Unforeseen.words(failure)));
	}

	public boolean isGood() {
		return this.problem.isEmpty() && findings().noneMatch((finding) -> finding.level() == Level.FAILED);
	}

}
