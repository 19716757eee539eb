package dev.sluice.token;

import java.util.Optional;

import dev.sluice.credential.Secret;

/**
 * What goes into an {@code Authorization} header. Immutable; printing one shows no
 * secret.
 *
 * @param value the header's value, or empty to send none
 */
public record Authorization(Optional<Secret> value) {

	/** No header at all. */
	public static final Authorization NONE = new Authorization(Optional.empty());

}
