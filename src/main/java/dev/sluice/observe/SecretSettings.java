package dev.sluice.observe;

import java.util.regex.Pattern;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.env.ConfigTreePropertySource;

/**
 * Keeps secrets out of {@code /actuator/env} and {@code /actuator/configprops}, which are
 * off, for whoever turns them on with {@code show-values=always}: credentials, upstream
 * headers, proxy logins, whatever is named like a secret, and all of a config tree.
 * Thread-safe.
 */
public final class SecretSettings implements SanitizingFunction {

	private static final Pattern SECRET = Pattern.compile(
			"password|passwd|secret|token|DOCKER_AUTH_CONFIG|https?_proxy|sun\\.java\\.command|"
					+ "upstreams\\W?_?\\d+\\W?[._](credential\\b|credential[._](?!host)|headers|proxy[._]url)",
			Pattern.CASE_INSENSITIVE);

	@Override
	public SanitizableData apply(SanitizableData data) {
		boolean secret = SECRET.matcher(data.getKey()).find()
				|| data.getPropertySource() instanceof ConfigTreePropertySource;
		return secret ? data.withSanitizedValue() : data;
	}

}
